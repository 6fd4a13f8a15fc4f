#include "settings/table_reader.hpp"

#include <algorithm>
#include <cmath>

#include "intake/utf8.hpp"

namespace kemas::settings {
namespace {

int line_of(const toml::source_region& where) {
    return std::max(1, static_cast<int>(where.begin.line));
}

std::string range_text(std::int64_t least, std::int64_t most) {
    return "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
}

std::string tenths_text(std::int64_t tenths) {
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

}  // namespace

const toml::node* TableReader::node(std::string_view key) {
    note(key);
    return table_.get(key);
}

int TableReader::line(std::string_view key) const {
    const auto* found = table_.get(key);
    return line_of(found ? found->source() : table_.source());
}

void TableReader::wrong(std::string_view key, std::string_view found, std::string_view expected) {
    mistakes_.add(line(key), std::string(key) + " in " + name_ + " " + std::string(found) +
                                 ", expected " + std::string(expected));
}

void TableReader::missing(std::string_view key, std::string_view expected) {
    mistakes_.add(line_of(table_.source()),
                  name_ + " lacks " + std::string(key) + ", expected " + std::string(expected));
}

std::string TableReader::text(std::string_view key, std::string otherwise) {
    const auto* found = node(key);
    if (!found) return otherwise;
    const auto* value = found->as_string();
    if (!value) return wrong(key, "is no text", "text in quotes"), otherwise;
    const auto fault = intake::text_fault(value->get(), intake::TextKind::single_line);
    if (!fault.empty()) return wrong(key, fault, "one line of text"), otherwise;
    return value->get();
}

std::string TableReader::date(std::string_view key) {
    const auto* found = node(key);
    if (!found) return {};
    const auto* value = found->as_date();
    if (!value) return wrong(key, "is no date", "a date without quotes, as in 2027-01-31"), "";
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    const toml::date day = value->get();
    return std::to_string(day.year) + "-" + two(day.month) + "-" + two(day.day);
}

std::string TableReader::need_text(std::string_view key) {
    if (!has(key)) return note(key), missing(key, "text in quotes"), std::string{};
    auto value = text(key);
    if (value.empty() && table_.get(key)->is_string()) wrong(key, "is empty", "some text");
    return value;
}

std::int64_t TableReader::whole(std::string_view key, std::int64_t otherwise, std::int64_t least,
                                std::int64_t most) {
    const auto* found = node(key);
    if (!found) return otherwise;
    const auto* number = found->as_integer();
    if (!number) return wrong(key, "is no whole number", range_text(least, most)), otherwise;
    if (number->get() >= least && number->get() <= most) return number->get();
    wrong(key, "is " + std::to_string(number->get()), range_text(least, most));
    return otherwise;
}

bool TableReader::flag(std::string_view key, bool otherwise) {
    const auto* found = node(key);
    if (!found) return otherwise;
    if (const auto* value = found->as_boolean()) return value->get();
    return wrong(key, "is neither true nor false", "true or false"), otherwise;
}

std::int64_t TableReader::tenths(std::string_view key, std::int64_t otherwise, std::int64_t least,
                                 std::int64_t most) {
    const auto* found = node(key);
    if (!found) return otherwise;
    const auto expected = "a number from " + tenths_text(least) + " to " + tenths_text(most) +
                          " with at most one decimal";
    const auto number = found->value<double>();
    if (!found->is_number() || !number) return wrong(key, "is no number", expected), otherwise;
    // The nearest double to 3.5 or 0.3, times ten, rounds to exactly 35 or 3.
    const auto nearest = std::round(*number * 10);
    const bool one_decimal = std::abs(*number * 10 - nearest) < 1e-6;
    if (!one_decimal || nearest < static_cast<double>(least) || nearest > static_cast<double>(most))
        return wrong(key, "is out of range or too fine", expected), otherwise;
    return static_cast<std::int64_t>(nearest);
}

std::vector<std::string> TableReader::texts(std::string_view key) {
    std::vector<std::string> values;
    const auto* found = node(key);
    if (!found) return values;
    const auto* list = found->as_array();
    if (!list) return wrong(key, "is no list", "a list of texts: [\"...\"]"), values;
    for (const auto& each : *list) {
        if (const auto* value = each.as_string())
            values.push_back(value->get());
        else
            wrong(key, "holds something other than text", "a list of texts: [\"...\"]");
    }
    return values;
}

const toml::table* TableReader::table(std::string_view key) {
    const auto* found = node(key);
    if (!found) return nullptr;
    if (const auto* value = found->as_table()) return value;
    const auto header = "[" + std::string(key) + "]";
    return wrong(key, "is no section", header + " with keys below it"), nullptr;
}

std::vector<const toml::table*> TableReader::tables(std::string_view key) {
    std::vector<const toml::table*> values;
    const auto* found = node(key);
    if (!found) return values;
    const auto header = "[[" + std::string(key) + "]]";
    const auto* list = found->as_array();
    if (!list) return wrong(key, "is no list of sections", header + " once for each"), values;
    for (const auto& each : *list) {
        if (const auto* value = each.as_table())
            values.push_back(value);
        else
            wrong(key, "is no list of sections", header + " once for each");
    }
    return values;
}

void TableReader::finish() {
    std::string expected;
    for (const auto& key : known_) expected += (expected.empty() ? "" : ", ") + key;
    for (const auto& [key, value] : table_) {
        if (std::ranges::find(known_, key.str()) != known_.end()) continue;
        mistakes_.add(line_of(key.source()), "unknown key \"" + intake::storable(key.str()) +
                                                 "\" in " + name_ +
                                                 ", expected one of: " + expected);
    }
}

}  // namespace kemas::settings
