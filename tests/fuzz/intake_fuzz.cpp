// Files and bodies from outside: CSV of every kind, orders as JSON, numbers and dates. A file with
// an error names it; what is taken keeps the bounds that the books rely on.
#include <string>
#include <vector>

#include "intake/csv.hpp"
#include "intake/decimal.hpp"
#include "intake/draft_check.hpp"
#include "intake/instant_text.hpp"
#include "intake/listings_csv.hpp"
#include "intake/orders_csv.hpp"
#include "intake/orders_json.hpp"
#include "intake/skus_csv.hpp"
#include "intake/stock_csv.hpp"
#include "intake/tariff_csv.hpp"
#include "intake/tracking_numbers_csv.hpp"
#include "intake/utf8.hpp"
#include "tests/fuzz/input.hpp"

using namespace kemas;
using fuzz::Feed, fuzz::must;
using namespace kemas::intake;

namespace {

void check(const RowFaults& errors) {
    for (const auto& error : errors)
        must(error.line >= 0 && !error.reason.empty() && !to_text(error).empty(),
             "an error says where and why");
}

template <class T>
void check(const Import<T>& import) {
    check(import.errors);
    must(import.lines.empty() || import.lines.size() == import.rows.size(), "a line for each row");
}

void sound(const OrderDraft& draft) {
    must(intake::check(draft).empty(), "an order that is taken is in order");
}

// Cells written as any spreadsheet does are read as they were.
void csv_round_trip(Feed& in) {
    const auto columns = static_cast<std::size_t>(1 + in.byte() % 4);
    std::vector<std::vector<std::string>> rows;
    std::string text;
    while (!in.empty() && rows.size() < 20) {
        auto& row = rows.emplace_back();
        for (std::size_t i = 0; i < columns; ++i) {
            std::string cell = "x";  // no row is blank
            for (const char c : in.take(in.byte() % 12))
                if (c != '\0' && !(c & 0x80)) cell += c;
            text += i ? ",\"" : "\"";
            for (const char c : cell) text += c == '"' ? std::string("\"\"") : std::string(1, c);
            text += '"';
            row.push_back(std::move(cell));
        }
        text += "\r\n";
    }
    const auto read = read_csv(text);
    must(read.errors.empty() && read.rows.size() == rows.size(), "a sound file is read whole");
    for (std::size_t i = 0; i < rows.size(); ++i)
        must(read.rows[i].cells == rows[i], "cells are read as they were written");
}

void texts(std::string_view text) {
    const std::string kept = storable(text);
    must(is_utf8(kept) && kept.find('\0') == kept.npos, "any bytes can be made storable");
    if (is_utf8(text) && text.find('\0') == text.npos) must(kept == text, "good text is kept");
    text_fault(text, TextKind::single_line), text_fault(text, TextKind::lines);
    must(trimmed(trimmed(text)) == trimmed(text), "trimming twice is trimming once");
    if (const auto at = parse_instant(text)) {
        const auto again = parse_instant(instant_text(*at));
        must(again.has_value() && *again == *at, "a moment survives being written");
    }
    if (const auto number = parse_integer(text))
        must(parse_integer(std::to_string(*number)) == *number, "an integer survives");
    for (int places = 0; places <= 6; ++places) parse_decimal(text, places);
    is_spreadsheet_damage(text);
}

void orders(std::string_view body) {
    const auto drafts = orders_from_json(body);
    if (!drafts) {
        must(!drafts.error().empty() && !to_text(drafts.error()).empty(), "a refusal says why");
        return;
    }
    must(drafts->size() <= kMostOrders, "no more orders than are allowed");
    for (const auto& draft : *drafts) sound(draft);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Feed in(data, size);
    switch (in.byte() % 10) {
        case 0:
            return orders(in.rest()), 0;
        case 1: {
            const auto import = orders_from_csv(in.rest());
            check(import);
            for (const auto& draft : import.rows) sound(draft);
            return 0;
        }
        case 2:
            return check(skus_from_csv(in.rest())), 0;
        case 3:
            return check(stock_from_csv(in.rest())), 0;
        case 4:
            return check(tracking_numbers_from_csv(in.rest())), 0;
        case 5:
            return check(tariff_from_csv(in.rest()).errors), 0;
        case 6:
            return check(read_csv(in.rest()).errors), 0;
        case 7:
            return csv_round_trip(in), 0;
        case 8:
            return check(listings_from_csv(in.rest())), 0;
        default:
            return texts(in.rest()), 0;
    }
}
