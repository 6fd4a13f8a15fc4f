#include "label/dots.hpp"

#include <cstring>

namespace kemas::label {
namespace {

// Visits the bytes under an area with a mask of the dots inside it.
template <class Visit>
void each_byte(const Page& page, const Area& area, Visit visit) {
    if (area.width <= 0) return;
    const int first = area.x / 8, last = (area.x + area.width - 1) / 8;
    const unsigned first_mask = 0xFFU >> (area.x % 8);
    const unsigned last_mask = 0xFFU << (7 - (area.x + area.width - 1) % 8);
    for (int y = area.y; y < area.y + area.height; ++y)
        for (int i = first; i <= last; ++i) {
            const unsigned mask =
                (i == first ? first_mask : 0xFFU) & (i == last ? last_mask : 0xFFU);
            visit(static_cast<std::size_t>(y * page.row_bytes() + i),
                  static_cast<std::uint8_t>(mask));
        }
}

}  // namespace

void fill(Page& page, const Area& area) {
    each_byte(page, area, [&](std::size_t i, std::uint8_t mask) { page.bits[i] |= mask; });
}

bool blank(const Page& page, const Area& area) {
    unsigned seen = 0;
    each_byte(page, area, [&](std::size_t i, std::uint8_t mask) { seen |= page.bits[i] & mask; });
    return seen == 0;
}

void repeat_first_row(Page& page, const Area& area) {
    const auto row_bytes = static_cast<std::size_t>(page.row_bytes());
    const std::size_t first = static_cast<std::size_t>(area.y) * row_bytes;
    each_byte(page, {area.x, area.y + 1, area.width, area.height - 1},
              [&](std::size_t i, std::uint8_t mask) {
                  page.bits[i] = static_cast<std::uint8_t>(
                      page.bits[i] | (page.bits[first + i % row_bytes] & mask));
              });
}

void lay(Page& page, const Ink& ink, int left, int top, bool white) {
    const int ink_row = (ink.width + 7) / 8;
    const int shift = left % 8;
    for (int y = 0; y < ink.height; ++y) {
        std::uint8_t* row = &page.bits[static_cast<std::size_t>((top + y) * page.row_bytes())];
        const std::uint8_t* from = &ink.bits[static_cast<std::size_t>(y * ink_row)];
        for (int i = 0; i < ink_row; ++i) {
            // Most of a text's box is blank.
            while (i + 8 <= ink_row && std::memcmp(from + i, "\0\0\0\0\0\0\0", 8) == 0) i += 8;
            if (i == ink_row) break;
            const unsigned byte = from[i];
            if (byte == 0) continue;
            const unsigned spread = byte << (8 - shift);
            for (int half = 0; half < 2; ++half) {
                const auto dots = static_cast<std::uint8_t>(half == 0 ? spread >> 8 : spread);
                if (dots == 0) continue;
                std::uint8_t& target = row[left / 8 + i + half];
                target = static_cast<std::uint8_t>(white ? target & ~dots : target | dots);
            }
        }
    }
}

}  // namespace kemas::label
