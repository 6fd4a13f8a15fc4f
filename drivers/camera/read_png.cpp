// PNG by libpng, with its own limits set and its warnings off. longjmp leaves the function that
// holds setjmp, so nothing with a destructor lives in it.
#include <png.h>

#include <csetjmp>
#include <cstring>

#include "drivers/camera/grey_picture.hpp"

namespace kemas::camera {
namespace {

struct Source {
    std::string_view bytes;
    std::size_t at = 0;
};

void take(png_structp png, png_bytep into, std::size_t size) {
    auto* source = static_cast<Source*>(png_get_io_ptr(png));
    if (source->bytes.size() - source->at < size) png_error(png, "cut off");
    std::memcpy(into, source->bytes.data() + source->at, size);
    source->at += size;
}

[[noreturn]] void on_error(png_structp png, png_const_charp) {
    png_longjmp(png, 1);
}
void on_warning(png_structp, png_const_charp) {}

// Everything to 8 bits of grey on white.
void ask_for_grey(png_structp png, png_infop info) {
    const auto colour = png_get_color_type(png, info);
    png_set_expand(png);
    png_set_strip_16(png);
    const bool clear = (colour & PNG_COLOR_MASK_ALPHA) || png_get_valid(png, info, PNG_INFO_tRNS);
    if (colour & PNG_COLOR_MASK_COLOR) png_set_rgb_to_gray(png, PNG_ERROR_ACTION_NONE, -1, -1);
    if (clear) {
        png_color_16 white{};
        white.red = white.green = white.blue = white.gray = 255;
        png_set_background(png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1);
        png_set_strip_alpha(png);
    }
}

const char* decode(png_structp png, png_infop info, GreyPicture& out) {
    if (setjmp(png_jmpbuf(png))) return "the PNG picture is damaged or cut off";
    png_read_info(png, info);
    if (!make_room(out, png_get_image_width(png, info), png_get_image_height(png, info)))
        return "the PNG picture is too large";
    ask_for_grey(png, info);
    const int passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);
    if (png_get_rowbytes(png, info) != static_cast<std::size_t>(out.width))
        return "the PNG picture has a colour type that is not known here";
    for (int pass = 0; pass < passes; ++pass)
        for (int y = 0; y < out.height; ++y)
            png_read_row(
                png,
                out.grey.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(out.width),
                nullptr);
    return nullptr;
}

}  // namespace

ReadPicture read_png(std::string_view bytes) {
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, on_error, on_warning);
    png_infop info = png ? png_create_info_struct(png) : nullptr;
    if (!info) {
        png_destroy_read_struct(&png, nullptr, nullptr);
        return tl::unexpected(std::string("no memory for the PNG picture"));
    }
    Source source{bytes};
    png_set_read_fn(png, &source, take);
    png_set_user_limits(png, kMostSide, kMostSide);
    png_set_chunk_malloc_max(png, 4U << 20);
    png_set_chunk_cache_max(png, 16);
    png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_QUIET_USE);
    GreyPicture out;
    const char* why = decode(png, info, out);
    png_destroy_read_struct(&png, &info, nullptr);
    if (why) return tl::unexpected(std::string(why));
    return out;
}

}  // namespace kemas::camera
