// What tells units of one SKU apart: the lot they were made in, until when they are good, and each
// one's own number. Knows no barcode and no stock.
#pragma once

#include <cstdint>
#include <string>

namespace kemas {

struct Marks {
    std::string lot, serial;
    std::string expiry;  // "2027-02-28": such dates compare as text; empty = not known
    bool empty() const { return lot.empty() && serial.empty() && expiry.empty(); }
    friend auto operator<=>(const Marks&, const Marks&) = default;
};

struct MarkedUnits {
    Marks marks;
    std::int64_t quantity = 0;
};

}  // namespace kemas
