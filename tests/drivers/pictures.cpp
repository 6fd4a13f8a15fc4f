#include "pictures.hpp"

#include <png.h>
#include <zint.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
// clang-format off: it needs cstddef and cstdio before it
#include <jpeglib.h>
// clang-format on

namespace kemas::camera {

void draw(Canvas& canvas, int symbology, const std::string& text, int x, int y, int scale) {
    auto* symbol = ZBarcode_Create();
    symbol->symbology = symbology;
    symbol->show_hrt = 0;
    symbol->scale = static_cast<float>(scale) / 2;  // a module is 2 pixels at scale 1
    symbol->height = 40;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    if (ZBarcode_Encode_and_Buffer(symbol, bytes, static_cast<int>(text.size()), 0) < 5)
        for (int row = 0; row < symbol->bitmap_height; ++row)
            for (int column = 0; column < symbol->bitmap_width; ++column) {
                const int to_x = x + column, to_y = y + row;
                if (to_x >= canvas.width || to_y >= canvas.height) continue;
                canvas.grey[static_cast<std::size_t>(to_y * canvas.width + to_x)] =
                    symbol->bitmap[(row * symbol->bitmap_width + column) * 3];
            }
    ZBarcode_Delete(symbol);
}

std::string png_of(const Canvas& canvas) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(canvas.width);
    image.height = static_cast<png_uint_32>(canvas.height);
    image.format = PNG_FORMAT_GRAY;
    png_alloc_size_t size = 0;
    png_image_write_to_memory(&image, nullptr, &size, 0, canvas.grey.data(), 0, nullptr);
    std::string bytes(size, '\0');
    png_image_write_to_memory(&image, bytes.data(), &size, 0, canvas.grey.data(), 0, nullptr);
    bytes.resize(size);
    return bytes;
}

std::string jpeg_of(const Canvas& canvas, int quality) {
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* out = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &out, &size);
    jpeg.image_width = static_cast<JDIMENSION>(canvas.width);
    jpeg.image_height = static_cast<JDIMENSION>(canvas.height);
    jpeg.input_components = 1;
    jpeg.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    for (int y = 0; y < canvas.height; ++y) {
        auto* row = const_cast<JSAMPLE*>(canvas.grey.data()) +
                    static_cast<std::size_t>(y) * static_cast<std::size_t>(canvas.width);
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    std::string bytes(reinterpret_cast<char*>(out), size);
    jpeg_destroy_compress(&jpeg);
    std::free(out);
    return bytes;
}

std::string pgm_of(const Canvas& canvas) {
    return "P5\n" + std::to_string(canvas.width) + " " + std::to_string(canvas.height) + "\n255\n" +
           std::string(reinterpret_cast<const char*>(canvas.grey.data()), canvas.grey.size());
}

std::string spoil(std::string bytes, std::mt19937& chance) {
    const auto below = [&](std::size_t most) { return chance() % (most ? most : 1); };
    switch (below(8)) {
        case 0:  // a few bits
            for (int i = 0; i < 8; ++i)
                bytes[below(bytes.size())] ^= static_cast<char>(1 << below(8));
            break;
        case 1:  // many bytes
            for (std::size_t i = 0; i < bytes.size() / 50 + 1; ++i)
                bytes[below(bytes.size())] = static_cast<char>(chance());
            break;
        case 2:  // cut off
            bytes.resize(below(bytes.size()));
            break;
        case 3: {  // a piece doubled
            const auto at = below(bytes.size());
            bytes.insert(at, bytes.substr(at, below(400)));
            break;
        }
        case 4:  // the header's numbers: sizes, depths, lengths
            for (int i = 0; i < 4; ++i)
                bytes[below(std::min<std::size_t>(bytes.size(), 64))] =
                    static_cast<char>(below(2) ? 0xFF : chance());
            break;
        case 5: {  // a huge size, with the rest true
            if (bytes.starts_with("\x89PNG") && bytes.size() > 24)
                for (int i = 16; i < 24; ++i)
                    bytes[static_cast<std::size_t>(i)] = static_cast<char>(chance());
            else
                bytes.replace(0, std::min<std::size_t>(bytes.size(), 12), "P5 65535 65535 255\n");
            break;
        }
        case 6:  // a run of one byte
            for (std::size_t at = below(bytes.size()), n = below(600); n-- && at < bytes.size();
                 ++at)
                bytes[at] = '\0';
            break;
        default:  // only its beginning is a picture
            for (std::size_t at = 8 + below(40); at < bytes.size(); ++at)
                bytes[at] = static_cast<char>(chance());
    }
    return bytes;
}

}  // namespace kemas::camera
