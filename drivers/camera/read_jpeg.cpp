// JPEG by libjpeg, grey. Its errors leave by longjmp, see read_png.cpp.
#include <csetjmp>
#include <cstddef>
#include <cstdio>

#include "drivers/camera/grey_picture.hpp"
// clang-format off: it needs cstddef and cstdio before it
#include <jpeglib.h>
// clang-format on

namespace kemas::camera {
namespace {

constexpr int kMostScans = 100;  // a progressive picture of a few bytes can ask for thousands

struct Errors {
    jpeg_error_mgr base;
    std::jmp_buf out;
};

[[noreturn]] void on_error(j_common_ptr jpeg) {
    std::longjmp(reinterpret_cast<Errors*>(jpeg->err)->out, 1);
}
void silent(j_common_ptr, int) {}
void silent(j_common_ptr) {}

void count_scans(j_common_ptr jpeg) {
    if (reinterpret_cast<j_decompress_ptr>(jpeg)->input_scan_number > kMostScans) on_error(jpeg);
}

const char* decode(jpeg_decompress_struct& jpeg, Errors& errors, std::string_view bytes,
                   GreyPicture& out) {
    if (setjmp(errors.out)) return "the JPEG picture is damaged";
    jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(bytes.data()),
                 static_cast<unsigned long>(bytes.size()));
    if (jpeg_read_header(&jpeg, TRUE) != JPEG_HEADER_OK) return "the JPEG picture has no header";
    if (!make_room(out, jpeg.image_width, jpeg.image_height))
        return "the JPEG picture is too large";
    jpeg.out_color_space = JCS_GRAYSCALE;
    jpeg.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&jpeg);
    if (jpeg.output_components != 1) return "the JPEG picture has a colour type not known here";
    while (jpeg.output_scanline < jpeg.output_height) {
        JSAMPROW row = out.grey.data() + static_cast<std::size_t>(jpeg.output_scanline) *
                                             static_cast<std::size_t>(out.width);
        jpeg_read_scanlines(&jpeg, &row, 1);
    }
    return nullptr;
}

}  // namespace

ReadPicture read_jpeg(std::string_view bytes) {
    jpeg_decompress_struct jpeg{};
    Errors errors{};
    jpeg.err = jpeg_std_error(&errors.base);
    errors.base.error_exit = on_error;
    errors.base.emit_message = silent;
    errors.base.output_message = silent;
    jpeg_create_decompress(&jpeg);
    jpeg_progress_mgr progress{};
    progress.progress_monitor = count_scans;
    jpeg.progress = &progress;
    jpeg.mem->max_memory_to_use = 256L << 20;
    GreyPicture out;
    const char* why = decode(jpeg, errors, bytes, out);
    jpeg_destroy_decompress(&jpeg);
    if (why) return tl::unexpected(std::string(why));
    return out;
}

}  // namespace kemas::camera
