// Bytes as a profile writes them: plain ASCII with control characters in angle brackets, as manuals
// print them: "<STX>", "<CR><LF>", "<ESC>7,", "<0xFF>"; "<" itself is "<0x3C>". Knows no device.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kemas::profile {

// Empty optional for an unknown name, a lone "<" or a character outside 0x20 to 0x7E.
std::optional<std::string> parse_bytes(std::string_view text);
// The same way back; parse_bytes(to_byte_text(x)) == x for every x.
std::string to_byte_text(std::string_view bytes);

}  // namespace kemas::profile
