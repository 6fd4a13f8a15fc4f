#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <memory>

#include "tools/kemasctl/commands.hpp"
#include "tools/kemasctl/fields.hpp"

namespace kemas::ctl {
namespace {

struct ScanArgs {
    std::string station, code, id;
};

void scan(Session& session, const ScanArgs& args) {
    object body;
    body["station"] = args.station;
    body["code"] = args.code;
    if (!args.id.empty()) body["id"] = args.id;
    const auto answer = session.ask(post("/api/v1/scans", boost::json::serialize(body)));
    if (!answer) return;
    const auto kind = text(*answer, "kind");
    if (kind == "refused") session.exit = Exit::refused;
    if (session.json) return session.print_raw();
    fmt::print("{} ({}): {}\n", kind, text(*answer, "code"), text(*answer, "text"));
}

}  // namespace

void add_scan(CLI::App& app, Session& session) {
    const auto args = std::make_shared<ScanArgs>();
    auto* command = app.add_subcommand("scan", "Give a station a code, as its scanner would");
    command->add_option("STATION", args->station, "Its name")->required();
    command->add_option("CODE", args->code, "What the scanner would read")->required();
    command->add_option("--id", args->id, "Your own id of this scan: makes a repeat harmless");
    command->callback([&session, args] { scan(session, *args); });
}

}  // namespace kemas::ctl
