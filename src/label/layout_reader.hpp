// Reads the keys of one TOML table of a layout and keeps the first thing that was wrong. Knows no
// key.
#pragma once

#include <toml++/toml.h>

#include <initializer_list>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace kemas::label {

using Keys = std::set<std::string_view>;

class Reader {
 public:
    Reader(const toml::table& table, const std::string& file, std::string& wrong)
        : table_(table), file_(file), wrong_(wrong) {}

    void note(const toml::source_region& at, const std::string& what) const {
        if (wrong_.empty()) wrong_ = file_ + ":" + std::to_string(at.begin.line) + ": " + what;
    }
    void note(std::string_view key, const std::string& what) const {
        const toml::node* node = table_.get(key);
        note(node ? node->source() : table_.source(), what);
    }
    template <class T>
    T take(std::string_view key, T otherwise, const char* expected) const {
        const toml::node* node = table_.get(key);
        if (!node) return otherwise;
        const auto value = node->value<T>();
        if (!value) note(key, std::string(key) + " must be " + expected);
        return value.value_or(otherwise);
    }
    std::string text(std::string_view key, std::string otherwise = {}) const {
        return take<std::string>(key, std::move(otherwise), "a text in quotes");
    }
    bool flag(std::string_view key) const { return take<bool>(key, false, "true or false"); }
    double number(std::string_view key, double otherwise, double least, double most) const {
        const double value = take<double>(key, otherwise, "a number");
        if (!(value >= least && value <= most)) {
            std::ostringstream what;
            what << key << " is " << value << ", expected " << least << " to " << most;
            note(key, what.str());
            return otherwise;
        }
        return value;
    }
    int whole(std::string_view key, int otherwise, int least, int most) const {
        const auto value = take<std::int64_t>(key, otherwise, "a whole number");
        if (value >= least && value <= most) return static_cast<int>(value);
        note(key, std::string(key) + " is " + std::to_string(value) + ", expected " +
                      std::to_string(least) + " to " + std::to_string(most));
        return otherwise;
    }
    template <class E>
    E choice(std::string_view key, E otherwise,
             std::initializer_list<std::pair<std::string_view, E>> words) const {
        return choice<E>(key, otherwise, std::span(words.begin(), words.size()));
    }
    template <class E>
    E choice(std::string_view key, E otherwise,
             std::span<const std::pair<std::string_view, E>> words) const {
        if (!table_.contains(key)) return otherwise;
        const std::string word = text(key);
        std::string known;
        for (const auto& [name, value] : words) {
            if (name == word) return value;
            known += (known.empty() ? "" : ", ") + std::string(name);
        }
        note(key, std::string(key) + " is \"" + word + "\", expected one of: " + known);
        return otherwise;
    }
    void must_have(std::string_view key) const {
        if (!table_.contains(key)) note(table_.source(), std::string(key) + " is missing here");
    }
    void refuse_unknown(std::initializer_list<const Keys*> known) const {
        for (const auto& [key, node] : table_) {
            bool found = false;
            for (const Keys* keys : known) found = found || keys->contains(key.str());
            if (!found) note(key.source(), "unknown key \"" + std::string(key.str()) + "\"");
        }
    }

 private:
    const toml::table& table_;
    const std::string& file_;
    std::string& wrong_;
};

}  // namespace kemas::label
