// Dots of one thing that is laid on a page: a set text, a picture. Knows no page.
#pragma once

#include <cstdint>
#include <vector>

namespace kemas::label {

// Rows of (width + 7) / 8 bytes, leftmost dot in the high bit, 1 = black.
struct Ink {
    int width = 0, height = 0;
    std::vector<std::uint8_t> bits;
};

}  // namespace kemas::label
