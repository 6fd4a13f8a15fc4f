// GET /api/v1/reports/declared: what shops declare against what their parcels weigh
#include <boost/asio/post.hpp>
#include <tl/expected.hpp>

#include "app/api.hpp"
#include "app/declared_run.hpp"
#include "app/wall_clock.hpp"
#include "intake/decimal.hpp"

namespace kemas::app {
namespace {

constexpr std::int64_t most_percent = 1000;

tl::expected<DeclaredAsk, web::Response> read_ask(const web::Request& request, const Api& api) {
    const auto wrong = [](const std::string& detail) {
        return tl::unexpected(web::problem(400, "Cannot be asked so", detail));
    };
    DeclaredAsk ask;
    ask.channel = request.query_value("channel").value_or("");
    ask.shop = request.query_value("shop").value_or("");
    ask.share_percent = api.settings.declared_share_percent;
    if (const auto share = request.query_value("share_percent")) {
        const auto percent = intake::parse_integer(*share);
        if (!percent || *percent < 0 || *percent > most_percent)
            return wrong("share_percent must be a whole number from 0 to 1000.");
        ask.share_percent = *percent;
    }
    ask.to = rating::day_at(wall_clock(), api.site->policy.utc_offset_minutes);
    for (const auto& [name, day] : {std::pair{"to", &ask.to}, std::pair{"from", &ask.from}}) {
        const auto text = request.query_value(name);
        const auto found = text ? rating::parse_day(*text) : std::nullopt;
        if (text && !found) return wrong(std::string(name) + " must be a day, as 2026-11-01.");
        if (found) *day = *found;
        if (!text && day == &ask.from)  // the first of that month
            ask.from = *rating::parse_day(rating::to_text(ask.to).substr(0, 8) + "01");
    }
    if (ask.to < ask.from) return wrong("from must not be after to.");
    return ask;
}

struct Asked {
    DeclaredRun run;
    web::Responder respond;
    std::shared_ptr<bool> is_busy;
};

void end(const Asked& asked, web::Response response) {
    *asked.is_busy = false;
    asked.respond(std::move(response));
}

// Slice after slice, each asked from the loop: whoever waited meanwhile comes first.
void read_on(Api& api, const std::shared_ptr<Asked>& asked) {
    const bool taken = api.reader.ask([&api, asked](ReadView view) {
        auto report = asked->run.read(view);
        boost::asio::post(api.loop, [&api, asked, report = std::move(report)]() mutable {
            if (!report) return read_on(api, asked);
            web::Response response;
            response.body = std::move(*report);
            end(*asked, std::move(response));
        });
    });
    if (!taken)
        end(*asked, web::problem(503, "Busy", "Too many questions wait: try again in a second."));
}

}  // namespace

void add_declared_route(web::Server& server, Api& api) {
    // One at a time: it may hold a month of parcels.
    auto is_busy = std::make_shared<bool>(false);
    server.get("/api/v1/reports/declared", [&api, is_busy](const web::Request& request,
                                                           const web::Responder& respond) {
        auto ask = read_ask(request, api);
        if (!ask) return respond(std::move(ask.error()));
        if (*is_busy)
            return respond(web::problem(
                503, "Busy", "This report is being made already: try again in a minute."));
        *is_busy = true;
        const auto offset = api.site->policy.utc_offset_minutes;
        read_on(api, std::shared_ptr<Asked>(
                         new Asked{{std::move(*ask), offset, api.rates}, respond, is_busy}));
    });
}

}  // namespace kemas::app
