#include "label/read_picture.hpp"

#include <png.h>

#include <cstring>

namespace kemas::label {
namespace {

constexpr png_uint_32 largest_side = 10'000;  // dots: more than any label has
constexpr int dark_below = 64, half = 128, light_from = 192;

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    return value;
}

}  // namespace

tl::expected<Ink, std::string> picture_ink(std::string_view png, HalfTones half_tones) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_memory(&image, png.data(), png.size()))
        return tl::unexpected("is no PNG: " + std::string(image.message));
    if (image.width > largest_side || image.height > largest_side) {
        png_image_free(&image);
        return tl::unexpected<std::string>("is larger than any label");
    }
    image.format = PNG_FORMAT_GRAY;
    Ink ink{static_cast<int>(image.width), static_cast<int>(image.height), {}};
    std::vector<png_byte> grey(PNG_IMAGE_SIZE(image));
    const png_color white{255, 255, 255};
    if (!png_image_finish_read(&image, &white, grey.data(), 0, nullptr))
        return tl::unexpected("is a broken PNG: " + std::string(image.message));
    const auto row_bytes = static_cast<std::size_t>((ink.width + 7) / 8);
    const auto width = static_cast<std::size_t>(ink.width);
    ink.bits.resize(row_bytes * static_cast<std::size_t>(ink.height));
    for (std::size_t y = 0; y < static_cast<std::size_t>(ink.height); ++y)
        for (std::size_t x = 0; x < width; ++x) {
            const int value = grey[y * width + x];
            if (half_tones == HalfTones::refuse && value >= dark_below && value < light_from)
                return tl::unexpected<std::string>(
                    "has half tones: make it black and white (1 bit) at the label's dpi");
            if (value < half)
                ink.bits[y * row_bytes + x / 8] |= static_cast<std::uint8_t>(0x80U >> (x % 8));
        }
    return ink;
}

int noted_dpi(std::string_view png) {
    constexpr std::size_t head = 8, frame = 12;  // signature; length, name and sum of a chunk
    for (std::size_t at = head; at + frame <= png.size();) {
        const std::size_t size = number_at(png, at);
        const auto name = png.substr(at + 4, 4);
        if (name == "IDAT" || size > png.size()) break;
        if (name == "pHYs" && size == 9 && at + frame + size <= png.size() && png[at + 16] == 1)
            return static_cast<int>(number_at(png, at + 8) * 0.0254 + 0.5);
        at += frame + size;
    }
    return 0;
}

}  // namespace kemas::label
