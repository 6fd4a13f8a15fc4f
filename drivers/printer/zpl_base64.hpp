// The base64 in which ZPL carries pictures (ZPL II guide, ^GF and ~DG, :B64: and :Z64:). Knows no
// command.
#pragma once

#include <string>
#include <string_view>

namespace kemas::printer {

// The bytes up to the first sign that is none of the alphabet (":CRC" follows); line ends are
// passed over.
std::string from_zpl_base64(std::string_view text);

}  // namespace kemas::printer
