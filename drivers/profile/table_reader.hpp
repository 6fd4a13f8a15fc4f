// Reads one TOML table strictly: every key must be asked for, every mistake is kept with its line.
// Knows no device.
#pragma once

#include <toml++/toml.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kemas::profile {

// Mistakes of one file, as `file:line: what, and what was expected`.
class Mistakes {
 public:
    explicit Mistakes(std::string file) : file_(std::move(file)) {}
    void add(const toml::source_region& where, std::string_view what) {
        add(static_cast<int>(where.begin.line), what);
    }
    void add(int line, std::string_view what);
    bool empty() const { return lines_.empty(); }
    std::string text() const;  // sorted by line, one a row

 private:
    std::string file_;
    std::vector<std::pair<int, std::string>> lines_;
};

class TableReader {
 public:
    // `name` is what a message calls the table: "[weight]".
    TableReader(const toml::table& table, std::string name, Mistakes& mistakes)
        : table_(table), name_(std::move(name)), mistakes_(mistakes) {}

    std::optional<std::int64_t> integer(std::string_view key, std::int64_t min, std::int64_t max);
    std::int64_t need_integer(std::string_view key, std::int64_t min, std::int64_t max);
    std::optional<bool> boolean(std::string_view key);
    std::optional<std::string> text(std::string_view key);
    std::string need_text(std::string_view key);
    const toml::table* table(std::string_view key);
    const toml::table* need_table(std::string_view key);
    const toml::array* array(std::string_view key);
    const toml::node* node(std::string_view key);  // any type; the caller checks it
    bool has(std::string_view key) const { return table_.contains(key); }
    // One of the words; `fallback` when absent, or an error when there is no fallback.
    template <class T>
    T choice(std::string_view key, std::initializer_list<std::pair<std::string_view, T>> words,
             std::optional<T> fallback = std::nullopt) {
        std::optional<std::string> word = text(key);
        std::string expected;
        for (const auto& [name, value] : words) {
            if (word == name) return value;
            expected += (expected.empty() ? "" : " | ") + std::string(name);
        }
        if (word) wrong(key, "\"" + *word + "\"", "one of " + expected);
        if (!word && !fallback && !table_.contains(key)) missing(key, "one of " + expected);
        return fallback.value_or(words.begin()->second);
    }
    void wrong(std::string_view key, std::string_view found, std::string_view expected);
    void missing(std::string_view key, std::string_view expected);
    void finish();  // names every key nobody asked for
    void forget();  // the rest of this table is of no use: no word on its keys
    // Line of table `name` within table `group`; of this table when there is none.
    int line_of(std::string_view group, std::string_view name) const;
    int line() const { return static_cast<int>(table_.source().begin.line); }
    const std::string& name() const { return name_; }
    Mistakes& mistakes() { return mistakes_; }

 private:
    const toml::table& table_;
    std::string name_;
    Mistakes& mistakes_;
    std::vector<std::string> known_;
};

}  // namespace kemas::profile
