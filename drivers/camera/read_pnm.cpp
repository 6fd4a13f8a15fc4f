// PGM (P5, 255 greys) and PBM (P4).
#include <cctype>
#include <optional>

#include "drivers/camera/grey_picture.hpp"

namespace kemas::camera {
namespace {

// A number of the header; comments run from # to the end of the line.
std::optional<std::uint32_t> number(std::string_view data, std::size_t& at) {
    while (at < data.size() &&
           (std::isspace(static_cast<unsigned char>(data[at])) || data[at] == '#'))
        if (data[at] == '#')
            while (at < data.size() && data[at] != '\n') ++at;
        else
            ++at;
    std::uint32_t value = 0;
    const std::size_t start = at;
    for (; at < data.size() && std::isdigit(static_cast<unsigned char>(data[at])); ++at) {
        value = value * 10 + static_cast<std::uint32_t>(data[at] - '0');
        if (value > 65'535) return std::nullopt;
    }
    return at == start ? std::nullopt : std::optional(value);
}

}  // namespace

ReadPicture read_pnm(std::string_view data) {
    const bool bits = data[1] == '4';
    std::size_t at = 2;
    const auto width = number(data, at), height = number(data, at);
    const auto depth = bits ? std::optional(1U) : number(data, at);
    GreyPicture out;
    if (!width || !height || !depth || (!bits && *depth != 255) || !make_room(out, *width, *height))
        return tl::unexpected(std::string("the PNM header is wrong, or the picture too large"));
    ++at;  // exactly one white space ends the header
    const std::size_t w = *width, h = *height, row = bits ? (w + 7) / 8 : w;
    if (data.size() < at + row * h)
        return tl::unexpected(std::string("the PNM picture is cut off"));
    for (std::size_t y = 0; y < h; ++y)
        for (std::size_t x = 0; x < w; ++x) {
            const auto byte = static_cast<std::uint8_t>(data[at + y * row + (bits ? x / 8 : x)]);
            out.grey[y * w + x] = !bits ? byte : (byte >> (7 - x % 8)) & 1 ? 0 : 255;
        }
    return out;
}

}  // namespace kemas::camera
