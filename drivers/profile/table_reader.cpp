#include "drivers/profile/table_reader.hpp"

namespace kemas::profile {

void Mistakes::add(int line, std::string_view what) {
    lines_.emplace_back(line, what);
}

std::string Mistakes::text() const {
    auto sorted = lines_;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::string result;
    for (const auto& [line, what] : sorted) {
        if (!result.empty()) result += '\n';
        result += file_ + ":" + std::to_string(line) + ": " + what;
    }
    return result;
}

const toml::node* TableReader::node(std::string_view key) {
    known_.emplace_back(key);
    return table_.get(key);
}

void TableReader::wrong(std::string_view key, std::string_view found, std::string_view expected) {
    const toml::node* at = table_.get(key);
    mistakes_.add(at ? at->source() : table_.source(), std::string(key) + " in " + name_ + " is " +
                                                           std::string(found) + ", expected " +
                                                           std::string(expected));
}

void TableReader::missing(std::string_view key, std::string_view expected) {
    mistakes_.add(table_.source(),
                  name_ + " lacks " + std::string(key) + ", expected " + std::string(expected));
}

std::optional<std::int64_t> TableReader::integer(std::string_view key, std::int64_t min,
                                                 std::int64_t max) {
    const toml::node* found = node(key);
    if (!found) return std::nullopt;
    const std::string range =
        "a whole number from " + std::to_string(min) + " to " + std::to_string(max);
    const auto* number = found->as_integer();
    if (!number) return wrong(key, "no whole number", range), std::nullopt;
    if (number->get() < min || number->get() > max)
        return wrong(key, std::to_string(number->get()), range), std::nullopt;
    return number->get();
}

std::int64_t TableReader::need_integer(std::string_view key, std::int64_t min, std::int64_t max) {
    if (!table_.contains(key))
        missing(key, "a whole number from " + std::to_string(min) + " to " + std::to_string(max));
    return integer(key, min, max).value_or(min);
}

std::optional<bool> TableReader::boolean(std::string_view key) {
    const toml::node* found = node(key);
    if (!found) return std::nullopt;
    if (const auto* value = found->as_boolean()) return value->get();
    return wrong(key, "no truth value", "true or false"), std::nullopt;
}

std::optional<std::string> TableReader::text(std::string_view key) {
    const toml::node* found = node(key);
    if (!found) return std::nullopt;
    if (const auto* value = found->as_string()) return value->get();
    return wrong(key, "no text", "a text in quotes"), std::nullopt;
}

std::string TableReader::need_text(std::string_view key) {
    if (!table_.contains(key)) missing(key, "a text in quotes");
    return text(key).value_or("");
}

const toml::table* TableReader::table(std::string_view key) {
    const toml::node* found = node(key);
    if (!found) return nullptr;
    if (const auto* value = found->as_table()) return value;
    return wrong(key, "no table", "a table"), nullptr;
}

const toml::table* TableReader::need_table(std::string_view key) {
    if (!table_.contains(key)) missing(key, "a table");
    return table(key);
}

const toml::array* TableReader::array(std::string_view key) {
    const toml::node* found = node(key);
    if (!found) return nullptr;
    if (const auto* value = found->as_array()) return value;
    return wrong(key, "no list", "a list"), nullptr;
}

void TableReader::forget() {
    for (const auto& [key, value] : table_) known_.emplace_back(key.str());
}

int TableReader::line_of(std::string_view group, std::string_view name) const {
    const toml::node* at = table_.get(group);
    const toml::node* inner = at && at->is_table() ? at->as_table()->get(name) : nullptr;
    return inner ? static_cast<int>(inner->source().begin.line) : line();
}

void TableReader::finish() {
    std::string expected;
    for (const std::string& key : known_) expected += (expected.empty() ? "" : ", ") + key;
    for (const auto& [key, value] : table_) {
        if (std::find(known_.begin(), known_.end(), key.str()) != known_.end()) continue;
        mistakes_.add(key.source(), "unknown key \"" + std::string(key.str()) + "\" in " + name_ +
                                        ", expected one of: " + expected);
    }
}

}  // namespace kemas::profile
