#include "ledger/status_query.hpp"

namespace kemas::ledger {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;

std::int64_t count(Rows rows) {
    return rows.next() ? rows.integer(0) : 0;
}

std::vector<OpenOrder> open_orders(const SqlBooks& books, Rows rows) {
    std::vector<OpenOrder> orders;
    while (rows.next())
        if (auto order = books.order({rows.integer(0)}))
            orders.push_back(open_order(books, std::move(*order)));
    return orders;
}

#define STILL_OPEN "state NOT IN ('shipped', 'delivered', 'completed', 'cancelled', 'returned') "

void read_orders(Database& db, const SqlBooks& books, Instant now, BooksStatus& status) {
    auto states = db.query("SELECT state, n FROM order_counts");
    while (states.next()) status.orders_by_state[states.text(0)] = states.integer(1);
    status.late = count(db.query("SELECT count(*) FROM (SELECT 1 FROM orders WHERE " STILL_OPEN
                                 "AND ship_by > 0 AND ship_by < ?1 LIMIT 10000)",
                                 now.value));
    status.late_list = open_orders(
        books, db.query("SELECT id FROM orders WHERE " STILL_OPEN
                        "AND ship_by > 0 AND ship_by < ?1 ORDER BY ship_by, id LIMIT 50",
                        now.value));
    status.oldest = open_orders(
        books, db.query("SELECT id FROM orders WHERE " STILL_OPEN "ORDER BY ship_by, id LIMIT 50"));
    status.held = open_orders(
        books, db.query("SELECT id FROM orders WHERE state IN ('on_hold', 'cancel_asked', "
                        "'backordered') ORDER BY state_at LIMIT 50"));
}

void read_parcels(Database& db, Instant now, Instant midnight, BooksStatus& status) {
    status.packed_today = count(db.query(
        "SELECT count(*) FROM parcels WHERE staged_at > 0 AND staged_at >= ?1", midnight.value));
    status.shipped_today = count(db.query(
        "SELECT count(*) FROM orders WHERE state = 'shipped' AND state_at >= ?1", midnight.value));
    status.packed_last_hour =
        count(db.query("SELECT count(*) FROM parcels WHERE staged_at > 0 AND staged_at > ?1",
                       now.value - hour_ms));
    auto hours = db.query(
        "SELECT staged_at / 3600000, count(*) FROM parcels WHERE staged_at > 0 AND staged_at > ?1 "
        "GROUP BY 1",
        now.value - 12 * hour_ms);
    while (hours.next()) status.packed_by_hour[hours.integer(0)] = hours.integer(1);
}

void read_effects(Database& db, const SqlBooks& books, BooksStatus& status) {
    auto states =
        db.query("SELECT state, count(*) FROM effects WHERE state IN (0, 1, 4, 6) GROUP BY state");
    while (states.next()) {
        const auto state = static_cast<EffectState>(states.integer(0));
        auto& field = state == EffectState::planned   ? status.planned
                      : state == EffectState::started ? status.started
                      : state == EffectState::sent    ? status.sent
                                                      : status.unknown;
        field = states.integer(1);
    }
    for (auto& effect : books.effects_in(EffectState::unknown)) {
        if (status.in_doubt.size() == 50) break;
        const auto parcel = books.parcel(effect.parcel);
        status.in_doubt.push_back({std::move(effect), parcel ? parcel->tracking_number : ""});
    }
}

std::string why_owed(const std::optional<EffectRow>& print) {
    if (!print) return "is being drawn";
    if (print->state == EffectState::planned) return "waits for " + print->device;
    if (print->state == EffectState::started) return "is under way on " + print->device;
    if (print->state == EffectState::sent) return "went to " + print->device + ", not scanned";
    return print->detail.empty() ? "did not come out of " + print->device : print->detail;
}

#define OWED                                                                                \
    "FROM parcels p JOIN orders o ON o.id = p.order_id WHERE p.revision > 0 AND "           \
    "p.printed_at = 0 AND p.staged_at = 0 AND p.voided_at = 0 AND o.state = 'packing' AND " \
    "NOT EXISTS (SELECT 1 FROM stations s WHERE s.parcel_id = p.id) "

void read_owed(Database& db, const SqlBooks& books, BooksStatus& status) {
    status.labels_owed = count(db.query("SELECT count(*) " OWED));
    if (status.labels_owed == 0) return;
    auto rows = db.query("SELECT p.id, o.external_id " OWED "ORDER BY p.id LIMIT 50");
    while (rows.next()) {
        const auto parcel = books.parcel({rows.integer(0)});
        if (!parcel) continue;
        std::optional<EffectRow> print;
        for (auto& effect : books.effects_of(parcel->id))
            if (is_print(effect.kind)) print = std::move(effect);
        status.owed.push_back({parcel->id, parcel->tracking_number, rows.text(1), parcel->station,
                               print ? print->device : "", why_owed(print),
                               print ? print->planned_at : parcel->weighed_at});
    }
}

void read_journal(Database& db, Seq sink_seq, BooksStatus& status) {
    auto last = db.query(
        "SELECT seq, facts_before + json_array_length(facts) FROM journal ORDER BY seq DESC LIMIT "
        "1");
    if (!last.next()) return;
    status.last_seq = last.integer(0);
    const auto total = last.integer(1);
    auto sink = db.query(
        "SELECT facts_before + json_array_length(facts) FROM journal WHERE seq = ?1", sink_seq);
    status.facts_waiting = total - (sink.next() ? sink.integer(0) : 0);
    if (status.facts_waiting == 0) return;
    auto oldest = db.query(
        "SELECT at FROM journal WHERE seq > ?1 AND facts <> '[]' ORDER BY seq LIMIT 1", sink_seq);
    if (oldest.next()) status.oldest_fact = {oldest.integer(0)};
}

void read_numbers(Database& db, BooksStatus& status) {
    auto pools = db.query(
        "SELECT courier, service, sum(n) FILTER (WHERE state = 0), sum(n) FILTER (WHERE state = "
        "1), sum(n) FILTER (WHERE state = 2) FROM number_counts GROUP BY 1, 2 ORDER BY 1, 2");
    while (pools.next())
        status.pools.push_back(
            {pools.text(0), pools.text(1), pools.integer(2), pools.integer(3), pools.integer(4)});
    auto asks = db.query(
        "SELECT courier, state, count(*) FROM number_asks WHERE state IN (0, 3, 4) GROUP BY 1, 2");
    while (asks.next()) {
        auto& counts = status.asks[asks.text(0)];
        const auto state = static_cast<AskState>(asks.integer(1));
        auto& count = state == AskState::asked      ? counts.asked
                      : state == AskState::doubtful ? counts.doubtful
                                                    : counts.voiding;
        count = asks.integer(2);
    }
}

void read_packages(Database& db, BooksStatus& status) {
    auto waiting = db.query(
        "SELECT c.link, CASE WHEN c.trouble <> '' THEN 'trouble' ELSE c.next END, count(*) FROM "
        "channel_packages c JOIN parcels p ON p.id = c.parcel_id WHERE (c.next <> '' OR c.trouble "
        "<> '') AND p.voided_at = 0 GROUP BY 1, 2");
    while (waiting.next())
        status.packages[waiting.text(0)].waiting[waiting.text(1)] = waiting.integer(2);
    auto bare = db.query(
        "SELECT c.link, count(*) FROM channel_packages c JOIN parcels p ON p.id = c.parcel_id "
        "WHERE (c.next <> '' OR c.trouble <> '') AND p.label = '' AND p.voided_at = 0 AND "
        "p.staged_at = 0 GROUP BY 1");
    while (bare.next()) status.packages[bare.text(0)].without_label = bare.integer(1);
}

}  // namespace

OpenOrder open_order(const SqlBooks& books, Order order) {
    std::optional<Parcel> under_way;
    std::optional<EffectRow> print;
    if (order.state == OrderState::packing) {
        for (auto& parcel : books.parcels_of(order.id))
            if (!parcel.staged_at.value && !parcel.voided_at.value) under_way = std::move(parcel);
        if (under_way)
            for (auto& effect : books.effects_of(under_way->id))
                if (is_print(effect.kind)) print = std::move(effect);  // the newest is the last
    }
    auto waiting = waiting_for(order, books.busy_station(order.id), under_way, print);
    return {std::move(order), std::move(waiting)};
}

BooksStatus read_status(Database& db, const SqlBooks& books, Instant now, Instant midnight,
                        Seq sink_seq) {
    BooksStatus status;
    read_orders(db, books, now, status);
    read_parcels(db, now, midnight, status);
    read_effects(db, books, status);
    read_owed(db, books, status);
    read_journal(db, sink_seq, status);
    read_numbers(db, status);
    status.missing_labels = missing_labels(db);
    status.unmatched_pages = books.unmatched_label_page_count();
    status.unread_files = static_cast<std::int64_t>(books.unread_label_files().size());
    read_packages(db, status);
    return status;
}

}  // namespace kemas::ledger
