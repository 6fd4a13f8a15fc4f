// ZPL text cut into its commands. Knows what a command looks like, not what it does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kemas::printer {

struct ZplToken {
    std::string code;        // prefix and two letters in upper case: "^FO", "~DG", "^A0"
    std::string_view data;   // all up to the next prefix, line ends included
    std::string_view whole;  // as it was written
};

/// The commands in order. Text before the first one is left out, as a printer does.
std::vector<ZplToken> zpl_tokens(std::string_view zpl);

/// `text` without line ends, which a printer skips in field data.
std::string without_line_ends(std::string_view text);

/// The n-th value between the commas of a command's data, from 0; empty when there is none.
std::string_view zpl_value(std::string_view data, int n);
/// The same as whole dots from 0 to 32000 (ZPL II guide, ^FO); `otherwise` when it is none.
int zpl_dots(std::string_view data, int n, int otherwise);

}  // namespace kemas::printer
