// Command barcodes, `*K*verb:arg:arg`, by which a bench needs no keyboard. Knows no verbs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kemas::barcode {

struct Command {
    std::string verb;               // lower case
    std::vector<std::string> args;  // as scanned; an empty one stays: "qty:" has one empty argument
    friend bool operator==(const Command&, const Command&) = default;
};

bool looks_like_command(std::string_view text);  // starts with `*K*` (or `*k*`)

// Nothing when `text` is no command, or its verb is not made of letters, digits, `-` and `_`.
std::optional<Command> parse_command(std::string_view text);

}  // namespace kemas::barcode
