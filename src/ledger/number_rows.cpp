// Numbers asked of couriers, and serials of our own.
#include "ledger/sql_books.hpp"

namespace kemas::ledger {
namespace {

#define ASK_COLUMNS                                                                            \
    "SELECT reference, parcel_id, courier, service, weight, postal_code, cod, state, number, " \
    "cost, opened_at, asked_at, given_at, void_until, voided_at, detail FROM number_asks "

NumberAsk read_ask(const Rows& row) {
    NumberAsk ask;
    ask.reference = row.text(0);
    ask.parcel = {row.integer(1)};
    ask.courier = row.text(2);
    ask.service = row.text(3);
    ask.weight = {row.integer(4)};
    ask.postal_code = row.text(5);
    if (!row.is_null(6)) ask.cod = Money{row.integer(6)};
    ask.state = static_cast<AskState>(row.integer(7));
    ask.number = row.text(8);
    if (!row.is_null(9)) ask.cost = Money{row.integer(9)};
    ask.opened_at = {row.integer(10)};
    ask.asked_at = {row.integer(11)};
    ask.given_at = {row.integer(12)};
    ask.void_until = {row.integer(13)};
    ask.voided_at = {row.integer(14)};
    ask.detail = row.text(15);
    return ask;
}

}  // namespace

std::optional<NumberAsk> SqlBooks::ask_by_reference(std::string_view reference) const {
    auto rows = db_->query(ASK_COLUMNS "WHERE reference = ?1", reference);
    return rows.next() ? std::optional(read_ask(rows)) : std::nullopt;
}

std::optional<NumberAsk> SqlBooks::ask_by_number(std::string_view number) const {
    auto rows = db_->query(ASK_COLUMNS "WHERE number = ?1 AND number <> ''", number);
    return rows.next() ? std::optional(read_ask(rows)) : std::nullopt;
}

std::vector<NumberAsk> SqlBooks::asks_of(ParcelId id) const {
    std::vector<NumberAsk> asks;
    auto rows =
        db_->query(ASK_COLUMNS "WHERE parcel_id = ?1 ORDER BY opened_at, reference", id.value);
    while (rows.next()) asks.push_back(read_ask(rows));
    return asks;
}

std::vector<OpenAsk> SqlBooks::open_asks() const {
    std::vector<OpenAsk> open;
    auto rows =
        db_->query(ASK_COLUMNS "WHERE state IN (0, 3, 4) ORDER BY opened_at, reference LIMIT 200");
    while (rows.next()) open.push_back({read_ask(rows), {}});
    for (auto& each : open)
        for (const auto& effect : effects_of(each.ask.parcel))
            if (effect.reference == each.ask.reference) each.effect = effect.id;
    return open;
}

std::int64_t SqlBooks::next_serial(std::string_view prefix) const {
    auto rows = db_->query("SELECT next FROM serials WHERE prefix = ?1", prefix);
    return rows.next() ? rows.integer(0) : 0;
}

bool SqlBooks::courier_down(std::string_view courier) const {
    auto rows = db_->query("SELECT up FROM devices WHERE name = ?1 AND kind = 'courier'", courier);
    return rows.next() && rows.integer(0) == 0;
}

}  // namespace kemas::ledger
