// Is this text, and may it stand in an id or on a label? Knows no language.
#pragma once

#include <string>
#include <string_view>

namespace kemas::intake {

// Well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
bool is_utf8(std::string_view bytes);

enum class TextKind {
    single_line,  // no control characters
    lines,        // tab, CR and LF are allowed
};
// Why `text` cannot be taken ("is not valid UTF-8", ...); empty = it can.
std::string text_fault(std::string_view text, TextKind kind);

// `bytes` with every malformed byte and NUL replaced by U+FFFD, so that any database takes it.
std::string storable(std::string_view bytes);

// Without spaces, tabs and line ends at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace kemas::intake
