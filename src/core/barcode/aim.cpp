#include "core/barcode/aim.hpp"

#include <algorithm>
#include <array>

namespace kemas::barcode {
namespace {

constexpr bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}
constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// GS1-128, GS1 DataBar and composites, GS1 DataMatrix, QR and DotCode (GS1 General Specifications,
// figure 5.1.2-2), and the same two matrix symbols with an ECI.
constexpr std::array<std::string_view, 9> kGs1{"]C1", "]e0", "]e1", "]e2", "]d2",
                                               "]d5", "]Q3", "]Q4", "]J1"};

}  // namespace

AimSplit split_aim(std::string_view line) {
    const bool prefixed = line.size() >= 3 && line[0] == ']' && is_letter(line[1]) &&
                          (is_digit(line[2]) || is_letter(line[2]));
    if (!prefixed) return {{}, line, false};
    const auto symbology = line.substr(0, 3);
    const bool gs1 = std::find(kGs1.begin(), kGs1.end(), symbology) != kGs1.end();
    return {symbology, line.substr(3), gs1};
}

bool is_retail(std::string_view symbology) {
    return symbology == "]E0" || symbology == "]E4";
}

}  // namespace kemas::barcode
