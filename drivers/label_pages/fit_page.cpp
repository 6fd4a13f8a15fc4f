#include "drivers/label_pages/fit_page.hpp"

#include <algorithm>

namespace kemas::label_pages {
namespace {

constexpr std::uint8_t kHalf = 128;

std::size_t index(const camera::GreyPicture& picture, int x, int y) {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
           static_cast<std::size_t>(x);
}

void blacken(Page& page, int x, int y) {
    page.bits[static_cast<std::size_t>(y) * static_cast<std::size_t>(page.row_bytes()) +
              static_cast<std::size_t>(x / 8)] |= static_cast<std::uint8_t>(0x80 >> (x % 8));
}

Page white_page(int width, int height, int dpi) {
    Page page{width, height, dpi, {}};
    page.bits.resize(static_cast<std::size_t>(page.row_bytes()) * static_cast<std::size_t>(height));
    return page;
}

// From where in the picture a label of that size is cut: the middle, moved until all ink is in.
int cut_from(int picture, int label, int ink_begin, int ink_end) {
    const int middle = (picture - label) / 2;
    return std::clamp(middle, std::min(ink_end - label, ink_begin), ink_begin);
}

camera::GreyPicture turned(const camera::GreyPicture& picture) {
    camera::GreyPicture out;
    camera::make_room(out, static_cast<std::uint32_t>(picture.height),
                      static_cast<std::uint32_t>(picture.width));
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x)
            out.grey[index(out, picture.height - 1 - y, x)] = picture.grey[index(picture, x, y)];
    return out;
}

}  // namespace

Box ink_of(const camera::GreyPicture& picture) {
    Box box{picture.width, picture.height, 0, 0};
    for (int y = 0; y < picture.height; ++y) {
        const auto* row = picture.grey.data() + index(picture, 0, y);
        for (int x = 0; x < picture.width; ++x) {
            if (row[x] >= kHalf) continue;
            box.left = std::min(box.left, x), box.right = std::max(box.right, x + 1);
            box.top = std::min(box.top, y), box.bottom = std::max(box.bottom, y + 1);
        }
    }
    return box.right == 0 ? Box{} : box;
}

std::optional<Fitted> fit_page(const camera::GreyPicture& picture, const Box& ink, int width,
                               int height, int dpi) {
    if (width == 0 || height == 0) width = picture.width, height = picture.height;
    if (ink.width() > width || ink.height() > height) {
        if (ink.height() > width || ink.width() > height) return std::nullopt;
        const auto other = turned(picture);
        auto fitted = fit_page(other, ink_of(other), width, height, dpi);
        if (fitted) fitted->fit = Fit::turned;
        return fitted;
    }
    Fitted fitted{white_page(width, height, dpi),
                  picture.width > width || picture.height > height ? Fit::cropped : Fit::whole};
    const int left = cut_from(picture.width, width, ink.left, ink.right);
    const int top = cut_from(picture.height, height, ink.top, ink.bottom);
    for (int y = ink.top; y < ink.bottom; ++y)
        for (int x = ink.left; x < ink.right; ++x)
            if (picture.grey[index(picture, x, y)] < kHalf) blacken(fitted.page, x - left, y - top);
    return fitted;
}

camera::GreyPicture scaled(const camera::GreyPicture& picture, int percent) {
    camera::GreyPicture out;
    camera::make_room(out, static_cast<std::uint32_t>(std::max(1, picture.width * percent / 100)),
                      static_cast<std::uint32_t>(std::max(1, picture.height * percent / 100)));
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x) {
            const int left = x * 100 / percent, top = y * 100 / percent;
            const int right = std::clamp((x + 1) * 100 / percent, left + 1, picture.width);
            const int bottom = std::clamp((y + 1) * 100 / percent, top + 1, picture.height);
            int sum = 0, count = 0;
            for (int v = top; v < bottom; ++v)
                for (int u = left; u < right; ++u)
                    sum += picture.grey[index(picture, u, v)], ++count;
            out.grey[index(out, x, y)] =
                count ? static_cast<std::uint8_t>(sum / count) : std::uint8_t{255};
        }
    return out;
}

Page grown(const Page& page) {
    Page out = page;
    const auto row_bytes = static_cast<std::size_t>(page.row_bytes());
    for (int y = 0; y < page.height; ++y) {
        auto* row = out.bits.data() + static_cast<std::size_t>(y) * row_bytes;
        const auto* above =
            y ? page.bits.data() + static_cast<std::size_t>(y - 1) * row_bytes : nullptr;
        std::uint8_t carry = 0;
        for (std::size_t i = 0; i < row_bytes; ++i) {
            std::uint8_t dots = row[i];
            if (above) dots |= above[i];
            row[i] = static_cast<std::uint8_t>(dots | dots >> 1 | carry);
            carry = static_cast<std::uint8_t>(dots << 7);
        }
    }
    return out;
}

camera::GreyPicture grey_of(const Page& page) {
    camera::GreyPicture picture;
    camera::make_room(picture, static_cast<std::uint32_t>(page.width),
                      static_cast<std::uint32_t>(page.height));
    for (int y = 0; y < page.height; ++y)
        for (int x = 0; x < page.width; ++x)
            if (page.black(x, y)) picture.grey[index(picture, x, y)] = 0;
    return picture;
}

}  // namespace kemas::label_pages
