// Named events, one line of JSON each. Knows no rotation and no file: lines go to stderr, where
// journald takes them. Never a PIN, a token or an address in a field.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace kemas::log {

enum class Level { debug, info, warn, error };

std::string_view to_text(Level level);
std::optional<Level> level_named(std::string_view text);

// One member of the line. `key` is a fixed word of ours, not "time", "level" or "event"; whatever
// came from outside is a value.
struct Field {
    Field(std::string_view key_, std::string_view text) : key(key_), value(text) {}
    Field(std::string_view key_, bool flag) : key(key_), value(flag) {}
    template <std::integral Number>
    requires(!std::same_as<Number, bool>) Field(std::string_view key_, Number number)
        : key(key_), value(static_cast<std::int64_t>(number)) {}
    // A pointer would become a truth value.
    Field(std::string_view key_, const char* text) : Field(key_, std::string_view(text)) {}

    std::string_view key;
    std::variant<std::string_view, std::int64_t, bool> value;
};
using Fields = std::initializer_list<Field>;

// Writes {"time":"2026-11-21T14:05:09.123Z","level":"info","event":"scale.up","device":"scale-1"}.
// `name` is a fixed dotted word. Any thread.
void event(Level level, std::string_view name, Fields fields = {});

// Events below `least` are dropped; info until told otherwise. Any thread.
void set_level(Level least);
bool is_enabled(Level level);

// Hears each line, without its line end, on the thread that logged it, one at a time; an empty sink
// means stderr again. To be set while no other thread logs.
using Sink = std::function<void(std::string_view line)>;
void set_sink(Sink sink);

}  // namespace kemas::log
