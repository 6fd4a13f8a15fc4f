// A picture as rows of grey, and reading one from PNG, JPEG, PGM (P5) or PBM (P4) bytes that nobody
// vouches for. Runs in the sandboxed child only; knows no barcode.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace kemas::camera {

inline constexpr int kMostSide = 10'000;
inline constexpr std::size_t kMostPixels = 24'000'000;

struct GreyPicture {
    int width = 0, height = 0;
    std::vector<std::uint8_t> grey;  // 0 black to 255 white, rows without padding
};

using ReadPicture = tl::expected<GreyPicture, std::string>;  // or why not, in words

// Tells the kinds apart by their first bytes.
ReadPicture read_picture(std::string_view bytes);

ReadPicture read_png(std::string_view bytes);
ReadPicture read_jpeg(std::string_view bytes);
ReadPicture read_pnm(std::string_view bytes);

// White pixels of that size, or nothing when the size is beyond the limits.
bool make_room(GreyPicture& picture, std::uint32_t width, std::uint32_t height);

// Each pixel the mean of `factor` x `factor`.
GreyPicture shrink(const GreyPicture& picture, int factor);

}  // namespace kemas::camera
