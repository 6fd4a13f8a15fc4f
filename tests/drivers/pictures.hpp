// Pictures for the decoder: drawn by libzint, packed by libpng and libjpeg, and spoiled by seed.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace kemas::camera {

struct Canvas {
    Canvas(int w, int h)
        : width(w),
          height(h),
          grey(static_cast<std::size_t>(w) * static_cast<std::size_t>(h), 255) {}
    int width, height;
    std::vector<std::uint8_t> grey;
};

// `symbology` is zint's number: 20 Code 128, 71 DataMatrix, 58 QR Code, 13 EAN.
void draw(Canvas& canvas, int symbology, const std::string& text, int x, int y, int scale = 2);

std::string png_of(const Canvas& canvas);
std::string jpeg_of(const Canvas& canvas, int quality = 80);
std::string pgm_of(const Canvas& canvas);

// One of many kinds of damage: bits, bytes, cuts, joins, lengths, sizes, noise.
std::string spoil(std::string bytes, std::mt19937& chance);

}  // namespace kemas::camera
