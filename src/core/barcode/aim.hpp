// The AIM symbology identifier that a scanner may put before a code (ISO/IEC 15424). Knows the
// prefix only, not what the code says.
#pragma once

#include <string_view>

namespace kemas::barcode {

struct AimSplit {
    std::string_view symbology;  // "]C1", or empty when the scanner sends none
    std::string_view rest;
    bool is_gs1 = false;  // the symbol carried FNC1 first: `rest` is an element string
};

// Splits `]` + letter + digit-or-letter off the front. Views into `line`.
AimSplit split_aim(std::string_view line);

// Retail symbols (EAN-13, EAN-8 and UPC: `]E0`, `]E4`) always hold a GTIN.
bool is_retail(std::string_view symbology);

}  // namespace kemas::barcode
