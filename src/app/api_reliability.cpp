// GET /api/v1/reports/reliability: how couriers kept their word, by service and destination, as the
// rules of choice see it today
#include "app/api_reliability.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "app/wall_clock.hpp"
#include "core/rating/amounts.hpp"
#include "core/rules/rate_request.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

constexpr std::size_t most_rows = 5000;

std::string percent(std::int64_t count, const rating::ReliabilityRow& row) {
    return rating::amount_text({rating::share_of(count, row)}, {"", 2});
}

// Of rows for an area: itself, what lies in it, and what lies around it.
bool touches(const std::string& row_area, const std::string& area) {
    const auto around = rating::areas_around(area);
    return row_area.starts_with(area) || std::ranges::find(around, row_area) != around.end();
}

web::Response report(const ledger::SqlBooks& books, const Policy& policy, Instant now,
                     const std::string& area) {
    const auto& rules = policy.choice;
    const auto today = rating::day_at(now, policy.utc_offset_minutes);
    json::array rows;
    std::int64_t left_out = 0;
    for (const auto& row : reliability_now(books, policy, now).rows()) {
        if (row.sent == 0 || !touches(row.area_prefix, area)) continue;
        if (rows.size() == most_rows) {
            ++left_out;
            continue;
        }
        rows.push_back(json::object{{"courier", row.courier},
                                    {"service", row.service},
                                    {"area", row.area_prefix},
                                    {"sent", row.sent},
                                    {"on_time_percent", percent(row.on_time, row)},
                                    {"returned_percent", percent(row.returned, row)},
                                    {"lost_percent", percent(row.lost, row)},
                                    {"proven", row.sent >= rules.reliable_from}});
    }
    web::Response response;
    response.body =
        json::serialize(json::object{{"from", rating::to_text({today.value - rules.reliable_days})},
                                     {"before", rating::to_text(today)},
                                     {"reliable_from", rules.reliable_from},
                                     {"rows", std::move(rows)},
                                     {"left_out", left_out}});
    return response;
}

}  // namespace

void add_reliability_route(web::Server& server, Api& api) {
    server.get("/api/v1/reports/reliability",
               [&api](const web::Request& request, const web::Responder& respond) {
                   const std::string area(request.query_value("area").value_or(""));
                   ask(api, respond, [site = api.site, area](ReadView view) {
                       return report(view.books, site->policy, wall_clock(), area);
                   });
               });
}

}  // namespace kemas::app
