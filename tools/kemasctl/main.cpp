// kemasctl: asks and steers a running kemasd, and checks a site's files.
#include <curl/curl.h>
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>

#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/fields.hpp"

namespace kemas::ctl {

void add_signature(CLI::App& command, Signature& signature) {
    command.add_option("--by", signature.by, "Who asks: an operator's id or a name")
        ->type_name("WHO")
        ->required();
    command.add_option("--reason", signature.reason, "Why; it stays in the books")
        ->type_name("TEXT")
        ->required();
}

void act(Session& session, const std::string& path, const boost::json::object& body) {
    const auto answer = session.ask(post(path, boost::json::serialize(body)));
    if (!answer) return;
    if (session.json) return session.print_raw();
    fmt::print("{}\n", text(*answer, "text"));
}

}  // namespace kemas::ctl

int main(int argc, char** argv) {
    using namespace kemas::ctl;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    Session session;
    session.server.url = "http://127.0.0.1:8420";

    CLI::App app("Asks and steers a running kemasd, and checks a site's files.", "kemasctl");
    app.footer("Exit: 0 done, 1 refused or not found, 2 wrong use or kemasd not reachable.");
    app.require_subcommand(1);
    app.fallthrough();
    app.add_option("--url", session.server.url, "Where kemasd answers")
        ->envname("KEMAS_URL")
        ->transform([](std::string url) {
            while (url.ends_with('/')) url.pop_back();
            return url;
        })
        ->capture_default_str();
    app.add_option("--token", session.server.token, "The site's web token")->envname("KEMAS_TOKEN");
    app.add_flag("--json", session.json, "Print the answer as it came");
    add_status(app, session);
    add_orders(app, session);
    add_parcels(app, session);
    add_manifests(app, session);
    add_channels(app, session);
    add_couriers(app, session);
    add_prints(app, session);
    add_effects(app, session);
    add_imports(app, session);
    add_tariffs(app, session);
    add_reports(app, session);
    add_quotes(app, session);
    add_reload(app, session);
    add_scan(app, session);
    add_devices(app, session);
    add_commission(app, session);
    add_check(app, session);
    add_profile(app, session);
    add_labels(app, session);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : static_cast<int>(Exit::cannot);
    }
    return static_cast<int>(session.exit);
}
