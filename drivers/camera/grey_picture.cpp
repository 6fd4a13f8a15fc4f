#include "drivers/camera/grey_picture.hpp"

namespace kemas::camera {

ReadPicture read_picture(std::string_view bytes) {
    if (bytes.starts_with("\x89PNG")) return read_png(bytes);
    if (bytes.starts_with("\xFF\xD8")) return read_jpeg(bytes);
    if (bytes.starts_with("P4") || bytes.starts_with("P5")) return read_pnm(bytes);
    return tl::unexpected(std::string("expected a PNG, JPEG, PGM (P5) or PBM (P4) picture"));
}

bool make_room(GreyPicture& picture, std::uint32_t width, std::uint32_t height) {
    if (width < 1 || height < 1 || width > kMostSide || height > kMostSide) return false;
    if (std::size_t{width} * height > kMostPixels) return false;
    picture.width = static_cast<int>(width);
    picture.height = static_cast<int>(height);
    picture.grey.assign(std::size_t{width} * height, 255);
    return true;
}

GreyPicture shrink(const GreyPicture& picture, int factor) {
    GreyPicture small;
    const int width = picture.width / factor, height = picture.height / factor;
    if (width < 1 || height < 1) return small;
    make_room(small, static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height));
    const auto stride = static_cast<std::size_t>(picture.width);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            unsigned sum = 0;
            const auto* corner = picture.grey.data() +
                                 static_cast<std::size_t>(y * factor) * stride +
                                 static_cast<std::size_t>(x * factor);
            for (int dy = 0; dy < factor; ++dy)
                for (int dx = 0; dx < factor; ++dx)
                    sum += corner[static_cast<std::size_t>(dy) * stride +
                                  static_cast<std::size_t>(dx)];
            small.grey[static_cast<std::size_t>(y * width + x)] =
                static_cast<std::uint8_t>(sum / static_cast<unsigned>(factor * factor));
        }
    return small;
}

}  // namespace kemas::camera
