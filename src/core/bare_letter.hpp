// Finds the letter that a TOML text holds where only ASCII may stand. Every TOML reader asks before
// its parser does: toml++ 3.3.0 calls unreachable what such a letter reaches. Knows no other
// mistake.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kemas {

struct BareLetter {
    int line, column;  // from 1; a column is a code point
    std::string what;  // `ü (U+00FC) stands outside quotes, expected "süden" in quotes`

    // "file:line: column N: what".
    std::string in(std::string_view file) const;
};

// The first character beyond ASCII outside quotes and comments (TOML 1.0.0: bare keys and values
// are ASCII; a byte order mark may begin the text), or none. Also the first behind a backslash of a
// `"""` text and the blanks that follow it: good TOML, but out of the parser's reach.
std::optional<BareLetter> find_bare_letter(std::string_view toml);

}  // namespace kemas
