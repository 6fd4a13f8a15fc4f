#include "drivers/printer/page_bands.hpp"

#include <algorithm>

namespace kemas::printer {
namespace {

const std::uint8_t* row_of(const Page& page, int y) {
    return page.bits.data() +
           static_cast<std::size_t>(y) * static_cast<std::size_t>(page.row_bytes());
}

// First byte with ink and the one behind the last; equal when there is none.
std::pair<int, int> ink_of(const Page& page, int y) {
    const auto* row = row_of(page, y);
    int first = 0, end = page.row_bytes();
    while (first < end && row[first] == 0) ++first;
    while (end > first && row[end - 1] == 0) --end;
    return {first, end};
}

}  // namespace

std::vector<Band> bands_of(const Page& page, int least_gap) {
    std::vector<Band> out;
    for (int y = 0; y < page.height; ++y) {
        const auto [first, end] = ink_of(page, y);
        if (first == end) continue;
        if (out.empty() || y - (out.back().top + out.back().height) >= least_gap) {
            out.push_back({y, 1, first, end - first});
            continue;
        }
        Band& band = out.back();
        const int right = std::max(band.first_byte + band.bytes, end);
        band.first_byte = std::min(band.first_byte, first);
        band.bytes = right - band.first_byte;
        band.height = y + 1 - band.top;
    }
    return out;
}

std::string rows_of(const Page& page, const Band& band, bool black_is_0) {
    std::string out;
    out.reserve(static_cast<std::size_t>(band.height) * static_cast<std::size_t>(band.bytes));
    const unsigned turn = black_is_0 ? 0xFF : 0;
    for (int y = band.top; y < band.top + band.height; ++y) {
        const auto* row = row_of(page, y) + band.first_byte;
        for (int i = 0; i < band.bytes; ++i) out += static_cast<char>(row[i] ^ turn);
    }
    return out;
}

}  // namespace kemas::printer
