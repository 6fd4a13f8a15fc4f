// What each kind of barcode asks of its place. Knows no encoder.
#include <array>

#include "label/barcode.hpp"

namespace kemas::label {
namespace {

// Quiet zones: ISO/IEC 15417 (Code 128) 10X, ISO/IEC 16390 (ITF) 10X, ISO/IEC 18004 (QR) 4X,
// ISO/IEC 16022 (Data Matrix) 1X, ISO/IEC 15438 (PDF417) 2X and rows of 3X. ITF-14's bearer bars
// are twice a narrow bar: GS1 General Specifications 5.3.2.4.
constexpr std::array<SymbologyRules, 8> all_rules{{
    {Symbology::code128, "code128", true, false, code128_quiet_modules, 0, 0, 0},
    {Symbology::gs1_128, "gs1-128", true, true, code128_quiet_modules, 0, 0, 0},
    {Symbology::itf14, "itf14", true, false, 10, 0, 0, 2},
    {Symbology::qr, "qr", false, false, 4, 4, 1, 0},
    {Symbology::datamatrix, "datamatrix", false, false, 1, 1, 1, 0},
    {Symbology::gs1_datamatrix, "gs1-datamatrix", false, true, 1, 1, 1, 0},
    {Symbology::pdf417, "pdf417", false, false, 2, 2, 3, 0},
    {Symbology::code128_fnc3, "code128-fnc3", true, false, code128_quiet_modules, 0, 0, 0},
}};

}  // namespace

const SymbologyRules& rules_of(Symbology symbology) {
    return all_rules[static_cast<std::size_t>(symbology)];
}

std::optional<Symbology> symbology_named(std::string_view name) {
    for (const auto& rules : all_rules)
        if (rules.name == name) return rules.symbology;
    return std::nullopt;
}

}  // namespace kemas::label
