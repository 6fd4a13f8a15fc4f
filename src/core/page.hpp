// A drawn label: one bit a dot, as every thermal printer wants it. Knows no printer language.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kemas {

struct Page {
    int width = 0;   // dots
    int height = 0;  // dots
    int dpi = 203;
    std::vector<std::uint8_t>
        bits;  // rows of (width + 7) / 8 bytes, leftmost dot in the high bit, 1 = black

    int row_bytes() const { return (width + 7) / 8; }
    bool black(int x, int y) const {
        return (bits[static_cast<std::size_t>(y) * row_bytes() + x / 8] >> (7 - x % 8)) & 1;
    }
};

// Where a barcode was drawn on a page and what it must read back as.
struct BarcodeBox {
    std::string
        symbology;  // as SymbologyRules names it: "code128", "code128-fnc3", "gs1-128", "qr", ...
    std::string text;
    int x = 0, y = 0, width = 0, height = 0;  // dots, quiet zone included
    std::string field;                        // whose value it holds, for a refusal
};

struct DrawnLabel {
    Page page;
    std::vector<BarcodeBox> barcodes;
};

}  // namespace kemas
