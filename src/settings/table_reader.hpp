// Reads one TOML table strictly: every key must be asked for, every mistake is noted with its line,
// and a faulty key gives its default so that reading goes on. Knows no setting.
#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "settings/mistakes.hpp"

namespace kemas::settings {

class TableReader {
 public:
    // `name` is what a message calls the table: "[http]".
    TableReader(const toml::table& table, std::string name, Mistakes& mistakes)
        : table_(table), name_(std::move(name)), mistakes_(mistakes) {}

    bool has(std::string_view key) const { return table_.contains(key); }
    // Line of the key's value, or of the table when the key is absent.
    int line(std::string_view key) const;

    // One line of UTF-8 text.
    std::string text(std::string_view key, std::string otherwise = {});
    std::string need_text(std::string_view key);  // nor may it be empty
    std::int64_t whole(std::string_view key, std::int64_t otherwise, std::int64_t least,
                       std::int64_t most);
    int whole_int(std::string_view key, int otherwise, int least, int most) {
        return static_cast<int>(whole(key, otherwise, least, most));
    }
    bool flag(std::string_view key, bool otherwise);
    // A number with at most one decimal, times ten: 3.5 is 35.
    std::int64_t tenths(std::string_view key, std::int64_t otherwise, std::int64_t least,
                        std::int64_t most);
    // A TOML date, as "2027-01-31"; empty when the key is absent.
    std::string date(std::string_view key);
    // One of the words.
    template <class T>
    T choice(std::string_view key, T otherwise,
             std::initializer_list<std::pair<std::string_view, T>> words) {
        if (!has(key)) return note(key), otherwise;
        const auto word = text(key);
        std::string known;
        for (const auto& [name, value] : words) {
            if (word == name) return value;
            known += (known.empty() ? "\"" : ", \"") + std::string(name) + "\"";
        }
        if (table_.get(key)->is_string()) wrong(key, "is \"" + word + "\"", "one of " + known);
        return otherwise;
    }
    std::vector<std::string> texts(std::string_view key);  // a list of texts
    const toml::table* table(std::string_view key);
    std::vector<const toml::table*> tables(std::string_view key);  // [[key]]

    void wrong(std::string_view key, std::string_view found, std::string_view expected);
    void missing(std::string_view key, std::string_view expected);
    void finish();  // names every key nobody asked for
    const std::string& name() const { return name_; }
    Mistakes& mistakes() { return mistakes_; }

 private:
    void note(std::string_view key) { known_.emplace_back(key); }
    const toml::node* node(std::string_view key);

    const toml::table& table_;
    std::string name_;
    Mistakes& mistakes_;
    std::vector<std::string> known_;
};

}  // namespace kemas::settings
