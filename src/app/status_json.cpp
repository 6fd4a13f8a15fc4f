#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "app/channels_json.hpp"
#include "app/couriers_json.hpp"
#include "app/status_board.hpp"
#include "app/wall_clock.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

std::int64_t seconds(Instant from, Instant to) {
    return std::max<std::int64_t>(0, (to - from).value / 1000);
}

json::object order_row(const ledger::OpenOrder& row, Instant now) {
    const auto& order = row.order;
    const bool late = order.ship_by.value && order.ship_by < now;
    return {{"order", order.key.external_id},
            {"channel", order.key.channel},
            {"shop", order.key.shop},
            {"state", to_text(order.state)},
            {"ship_by", order.ship_by.value ? iso_text(order.ship_by) : ""},
            {"age_s", seconds(order.received_at, now)},
            {"late_s", late ? seconds(order.ship_by, now) : 0},
            {"why", row.waiting.why},
            {"who", row.waiting.who}};
}

json::array order_rows(const std::vector<ledger::OpenOrder>& rows, Instant now) {
    json::array list;
    for (const auto& row : rows) list.push_back(order_row(row, now));
    return list;
}

json::object orders(const ledger::BooksStatus& books, Instant now) {
    json::object by_state;
    std::int64_t open = 0;
    for (const auto& [state, n] : books.orders_by_state) {
        by_state[state] = n;
        const auto known = order_state(state);
        const bool over = known == OrderState::shipped || known == OrderState::delivered ||
                          known == OrderState::completed || known == OrderState::cancelled ||
                          known == OrderState::returned;
        if (!over) open += n;
    }
    return {{"by_state", std::move(by_state)},
            {"open", open},
            {"late", books.late},
            {"oldest", order_rows(books.oldest, now)},
            {"late_list", order_rows(books.late_list, now)}};
}

json::object parcels(const StatusOptions& options, const ledger::BooksStatus& books, Instant now) {
    json::array series;
    const auto this_hour = now.value / 3'600'000;
    for (auto hour = this_hour - 11; hour <= this_hour; ++hour) {
        const auto it = books.packed_by_hour.find(hour);
        series.push_back(json::object{
            {"t", local_text({hour * 3'600'000}, options.utc_offset_minutes).substr(11)},
            {"n", it == books.packed_by_hour.end() ? 0 : it->second}});
    }
    return {{"packed_today", books.packed_today},
            {"per_hour", books.packed_last_hour},
            {"shipped_today", books.shipped_today},
            {"per_hour_series", std::move(series)}};
}

json::array devices(const LiveState& live, Instant now) {
    json::array list;
    for (const auto& device : live.devices)
        list.push_back(json::object{{"name", device.name},
                                    {"kind", device.kind},
                                    {"up", device.up},
                                    {"state", device.state},
                                    {"age_s", device.heard.value ? seconds(device.heard, now) : -1},
                                    {"error", device.up ? "" : device.error},
                                    {"last_error", device.error},
                                    {"alarm", device.alarm}});
    return list;
}

json::object alarm(const Alarm& alarm) {
    json::object row{{"device", alarm.device},
                     {"kind", alarm.kind},
                     {"what", alarm.what},
                     {"text", alarm.text},
                     {"since", iso_text(alarm.since)}};
    if (alarm.cleared.value) row["cleared"] = iso_text(alarm.cleared);
    return row;
}

json::object alarms(const AlarmBoard& board) {
    json::array raised, cleared;
    for (const auto& each : board.raised)
        if (raised.size() < kept_alarms) raised.push_back(alarm(each));
    for (const auto& each : board.cleared) cleared.push_back(alarm(each));
    return {{"raised", std::move(raised)}, {"cleared", std::move(cleared)}};
}

json::array lines(const LiveState& live) {
    json::array list;
    for (const auto& line : live.lines) {
        json::array lanes;
        for (const auto& lane : line.lanes)
            lanes.push_back(json::object{{"name", lane.name},
                                         {"open", lane.open},
                                         {"full", lane.full},
                                         {"down", lane.down}});
        json::array feeds;
        for (const auto& feed : line.feeds)
            feeds.push_back(json::object{{"name", feed.name},
                                         {"state", feed.state},
                                         {"jam", json::array(feed.jam.begin(), feed.jam.end())},
                                         {"arrived", feed.arrived},
                                         {"left", feed.left},
                                         {"counts_sure", feed.counts_sure}});
        list.push_back(json::object{{"name", line.name},
                                    {"state", line.state},
                                    {"distrust", line.distrust},
                                    {"last_reject", line.last_reject},
                                    {"last_reject_text", line.last_reject_text},
                                    {"lanes", std::move(lanes)},
                                    {"feeds", std::move(feeds)},
                                    {"on_belt", line.on_belt},
                                    {"in_lanes", line.in_lanes},
                                    {"rejected", line.rejected},
                                    {"unknown", line.unknown}});
    }
    return list;
}

json::object effects(const ledger::BooksStatus& books, Instant now) {
    json::array in_doubt;
    for (const auto& [effect, tracking] : books.in_doubt)
        in_doubt.push_back(json::object{{"id", to_text(effect.id)},
                                        {"kind", to_text(effect.kind)},
                                        {"parcel", tracking},
                                        {"device", effect.device},
                                        {"since_s", seconds(effect.started_at, now)}});
    return {{"planned", books.planned},
            {"started", books.started},
            {"unknown", books.unknown},
            {"sent", books.sent},
            {"unknown_list", std::move(in_doubt)}};
}

json::array holds(const ledger::BooksStatus& books) {
    json::array list;
    for (const auto& row : books.held)
        list.push_back(json::object{{"order", row.order.key.external_id},
                                    {"reason", row.waiting.why},
                                    {"who", row.waiting.who}});
    return list;
}

json::array labels_owed(const ledger::BooksStatus& books, Instant now) {
    json::array owed;
    for (const auto& each : books.owed)
        owed.push_back(json::object{{"parcel", each.tracking_number},
                                    {"order", each.order},
                                    {"station", each.station},
                                    {"printer", each.printer},
                                    {"why", each.why},
                                    {"since_s", seconds(each.since, now)}});
    return owed;
}

// Channel parcels of released orders whose label cannot be printed yet, and why; parcels set aside
// without their label.
json::object labels(const ledger::BooksStatus& books, Instant now) {
    json::array missing;
    std::int64_t all = 0;
    for (const auto& row : books.missing_labels) {
        missing.push_back(
            json::object{{"channel", row.channel}, {"why", row.why}, {"parcels", row.parcels}});
        all += row.parcels;
    }
    return {{"missing", all},
            {"missing_by", std::move(missing)},
            {"unmatched_pages", books.unmatched_pages},
            {"unread_files", books.unread_files},
            {"owed", books.labels_owed},
            {"owed_list", labels_owed(books, now)}};
}

json::object sync(const ledger::BooksStatus& books, const LiveState& live, Instant now) {
    if (!live.order_db)
        return {{"orderdb",
                 json::object{{"up", true}, {"waiting", 0}, {"oldest_s", 0}, {"last_error", ""}}}};
    return {
        {"orderdb",
         json::object{{"up", live.sync.up},
                      {"waiting", books.facts_waiting},
                      {"oldest_s", books.oldest_fact.value ? seconds(books.oldest_fact, now) : 0},
                      {"last_error", live.sync.last_error}}}};
}

double milliseconds_of(std::int64_t us) {
    return static_cast<double>(us / 10) / 100;
}

}  // namespace

std::string status_json(const StatusOptions& options, const ledger::BooksStatus& books,
                        const LiveState& live, Instant now, std::uint64_t number) {
    const auto per_1000 =
        live.scans ? static_cast<double>(live.refused * 10000 / live.scans) / 10 : 0.0;
    json::object status;
    status["site"] = options.site_name;
    status["version"] = options.version;
    status["now"] = iso_text(now);
    status["now_ms"] = now.value;
    status["snapshot_no"] = number;
    status["ledger"] = json::object{
        {"state", live.store_fault.empty() ? "ready" : "fault"},
        {"fault", live.store_fault},
        {"seq", books.last_seq},
        {"verified", json::object{{"done", live.chain_verified}, {"percent", live.chain_percent}}}};
    status["orders"] = orders(books, now);
    status["parcels"] = parcels(options, books, now);
    status["devices"] = devices(live, now);
    status["alarms"] = alarms(live.alarms);
    status["lines"] = lines(live);
    status["couriers"] = couriers_json(books, live);
    status["channels"] = channels_json(books, live);
    status["effects"] = effects(books, now);
    status["labels"] = labels(books, now);
    status["inbox"] = json::object{{"depth", live.inbox_depth}};
    status["sync"] = sync(books, live, now);
    status["latency_ms"] =
        json::object{{"confirm", json::object{{"p50", milliseconds_of(live.confirm.p50_us)},
                                              {"p95", milliseconds_of(live.confirm.p95_us)},
                                              {"p99", milliseconds_of(live.confirm.p99_us)}}}};
    status["wrong_scans"] = json::object{{"per_1000", per_1000}, {"today", live.refused}};
    status["holds"] = holds(books);
    return json::serialize(status);
}

}  // namespace kemas::app
