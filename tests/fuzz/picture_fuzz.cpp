// Pictures from a camera, a folder or a browser: whatever the bytes are, they become rows of grey
// within the limits or a sentence.
#include "drivers/camera/grey_picture.hpp"
#include "tests/fuzz/input.hpp"

using namespace kemas;
using fuzz::must;

namespace {

void whole(const camera::GreyPicture& picture) {
    must(picture.width >= 1 && picture.width <= camera::kMostSide, "a width within the limit");
    must(picture.height >= 1 && picture.height <= camera::kMostSide, "a height within the limit");
    must(picture.grey.size() ==
             static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height),
         "every pixel has its grey");
    must(picture.grey.size() <= camera::kMostPixels, "no more pixels than allowed");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto read = camera::read_picture({reinterpret_cast<const char*>(data), size});
    if (!read) {
        must(!read.error().empty(), "a refused picture says why");
        return 0;
    }
    whole(*read);
    for (const int factor : {2, 3})
        if (read->width >= factor && read->height >= factor) whole(camera::shrink(*read, factor));
    return 0;
}
