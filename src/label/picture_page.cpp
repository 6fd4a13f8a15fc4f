#include "label/picture_page.hpp"

#include <cmath>
#include <cstdlib>

#include "label/dots.hpp"
#include "label/read_picture.hpp"

namespace kemas::label {
namespace {

// The area of the picture that has ink.
Area ink_area(const Ink& ink) {
    const int row_bytes = (ink.width + 7) / 8;
    int left = ink.width, right = -1, top = ink.height, bottom = -1;
    for (int y = 0; y < ink.height; ++y)
        for (int x = 0; x < ink.width; ++x) {
            const auto byte = ink.bits[static_cast<std::size_t>(y * row_bytes + x / 8)];
            if (byte == 0) {
                x |= 7;
            } else if ((byte >> (7 - x % 8)) & 1) {
                left = std::min(left, x), right = std::max(right, x);
                top = std::min(top, y), bottom = std::max(bottom, y);
            }
        }
    return right < 0 ? Area{} : Area{left, top, right + 1 - left, bottom + 1 - top};
}

// Where the ink of one side goes: the picture in the middle of the page, moved until its ink fits.
int moved(int picture, int page, int ink_from, int ink_size) {
    const int middle = (page - picture) / 2 + ink_from;
    return std::max(0, std::min(middle, page - ink_size));
}

Ink cut(const Ink& ink, const Area& area) {
    Ink out{area.width, area.height, {}};
    const int from_row = (ink.width + 7) / 8, to_row = (area.width + 7) / 8;
    out.bits.resize(static_cast<std::size_t>(to_row * area.height));
    for (int y = 0; y < area.height; ++y)
        for (int x = 0; x < area.width; ++x) {
            const int column = area.x + x;
            const auto byte =
                ink.bits[static_cast<std::size_t>((area.y + y) * from_row + column / 8)];
            if ((byte >> (7 - column % 8)) & 1)
                out.bits[static_cast<std::size_t>(y * to_row + x / 8)] |=
                    static_cast<std::uint8_t>(0x80U >> (x % 8));
        }
    return out;
}

}  // namespace

tl::expected<Page, std::string> picture_page(std::string_view png, const PaperSize& paper) {
    const auto noted = noted_dpi(png);
    if (noted > 0 && std::abs(noted - paper.dpi) > 3)
        return tl::unexpected("is drawn for " + std::to_string(noted) + " dpi, the printer has " +
                              std::to_string(paper.dpi) +
                              ": fetch it for this printer, its bars must not be scaled");
    const auto ink = picture_ink(png, HalfTones::split);
    if (!ink) return tl::unexpected(ink.error());
    const Area area = ink_area(*ink);
    if (area.width == 0) return tl::unexpected<std::string>("is blank");
    if (area.width > paper.width || area.height > paper.height)
        return tl::unexpected("has " + std::to_string(area.width) + " x " +
                              std::to_string(area.height) + " dots of ink, the label " +
                              std::to_string(paper.width) + " x " + std::to_string(paper.height) +
                              ": use a larger label, its bars must not be scaled");
    Page page{paper.width, paper.height, paper.dpi, {}};
    page.bits.resize(static_cast<std::size_t>(page.row_bytes() * page.height));
    lay(page, cut(*ink, area), moved(ink->width, page.width, area.x, area.width),
        moved(ink->height, page.height, area.y, area.height), false);
    return page;
}

}  // namespace kemas::label
