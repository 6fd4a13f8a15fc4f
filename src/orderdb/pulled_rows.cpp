#include "orderdb/pulled_rows.hpp"

#include <algorithm>
#include <chrono>
#include <map>

#include "intake/draft_check.hpp"
#include "intake/instant_text.hpp"
#include "intake/utf8.hpp"
#include "orderdb/order_rows.hpp"
#include "orderdb/statements.hpp"

namespace kemas::orderdb {
namespace {

const std::string kStopQuery =
    "select s.id, s.channel, s.shop, s.external_id, s.kind, s.by_whom, s.reason"
    " from kemas_order_stops s where s.answered_at is null and not exists ("
    " select 1 from kemas_orders o where o.channel = s.channel and o.shop = s.shop"
    " and o.external_id = s.external_id and o.answered_at is null) order by s.id limit :most";

Pulled read_stop(const Cells& row) {
    const auto text = [&](std::size_t i) { return row[i].value_or(""); };
    PulledStop stop;
    stop.ref = "stop:" + text(0);
    stop.key = {text(1), text(2), text(3)};
    stop.by = text(5).empty() ? "the shop" : intake::storable(text(5));
    stop.reason = intake::storable(text(6));
    const std::string kind = text(4);
    if (stop.key.channel.empty() || stop.key.shop.empty() || stop.key.external_id.empty()) {
        return PulledFault{stop.ref, "channel, shop and external_id must all be given"};
    }
    if (kind == "cancel") {
        stop.kind = PulledStop::Kind::cancel;
    } else if (kind == "hold") {
        stop.kind = PulledStop::Kind::hold;
    } else if (kind == "release") {
        stop.kind = PulledStop::Kind::release;
    } else {
        return PulledFault{
            stop.ref, "kind is '" + intake::storable(kind) + "'; must be cancel, hold or release"};
    }
    return stop;
}

Instant now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Instant{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

bool is_number(std::string_view text) {
    return !text.empty() && text.size() < 19 &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::vector<Pulled> pull_rows(Connection& connection, int limit) {
    std::vector<Pulled> pulled;
    if (limit < 1) return pulled;
    soci::session& sql = connection.sql();
    soci::transaction transaction(sql);
    if (connection.backend() == Backend::postgresql) {
        // One picture for all queries: an order and its lines are of the same moment. MySQL and
        // SQLite do so by themselves.
        sql << "set transaction isolation level repeatable read, read only";
    }
    auto stops = select(sql, kStopQuery, 7, {limit});
    const auto kept = std::min(stops.size(), static_cast<std::size_t>(limit) / 2);
    const auto orders = select_orders(sql, limit - static_cast<int>(kept));
    transaction.commit();

    for (const auto& order : orders) pulled.push_back(read_order(order));
    stops.resize(std::min(stops.size(), static_cast<std::size_t>(limit) - pulled.size()));
    for (const auto& stop : stops) pulled.push_back(read_stop(stop));
    return pulled;
}

Result<void> answer_rows(Connection& connection, const std::vector<Verdict>& verdicts) {
    soci::session& sql = connection.sql();
    soci::transaction transaction(sql);
    Repeated order(sql,
                   "update kemas_orders set answered_at = :at, answer = :answer"
                   " where id = :id and revision = :revision and answered_at is null",
                   4);
    Repeated stop(sql,
                  "update kemas_order_stops set answered_at = :at, answer = :answer"
                  " where id = :id and answered_at is null",
                  3);
    const std::string at = intake::instant_text(now());
    for (const auto& verdict : verdicts) {
        std::string text = intake::storable(verdict.answer);
        if (!verdict.taken) text = "refused: " + text;
        if (text.empty()) text = "taken";
        const std::string_view ref = verdict.ref;
        const auto colon = ref.find(':');
        const auto second = ref.find(':', colon + 1);
        const std::string id(ref.substr(colon + 1, second - colon - 1));
        if (ref.starts_with("stop:") && is_number(id)) {
            stop.run({at, text, id});
        } else if (ref.starts_with("order:") && second != ref.npos && is_number(id) &&
                   is_number(ref.substr(second + 1))) {
            order.run({at, text, id, std::string(ref.substr(second + 1))});
        } else {
            return fail(Remedy::call_person, "order database: the answer to '" + verdict.ref +
                                                 "' names no row that was pulled; report this");
        }
    }
    transaction.commit();
    return {};
}

}  // namespace kemas::orderdb
