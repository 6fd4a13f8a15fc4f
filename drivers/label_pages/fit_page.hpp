// Puts a grey picture of a page onto a label of so many dots: one bit a dot, white margin cropped,
// turned when only so it fits, never scaled. Pure; runs in the sandboxed child.
#pragma once

#include <optional>

#include "core/page.hpp"
#include "drivers/camera/grey_picture.hpp"
#include "drivers/label_pages/read_page.hpp"

namespace kemas::label_pages {

struct Box {
    int left = 0, top = 0, right = 0, bottom = 0;  // right and bottom lie outside
    int width() const { return right - left; }
    int height() const { return bottom - top; }
};

/// Where its ink is: dots darker than half. Empty when the page is white.
Box ink_of(const camera::GreyPicture& picture);

struct Fitted {
    Page page;
    Fit fit = Fit::whole;
};
/// Each dot black when its pixel is darker than half; a page with room to spare lies in the middle.
/// `width` and `height` 0 = the picture's own. Nothing when its ink is larger than the label.
std::optional<Fitted> fit_page(const camera::GreyPicture& picture, const Box& ink, int width,
                               int height, int dpi);

/// The picture made smaller by `percent` (1 to 99), each pixel the mean of those it covers.
camera::GreyPicture scaled(const camera::GreyPicture& picture, int percent);

/// One dot of print growth: what lies right of or below a black dot is black too.
Page grown(const Page& page);

camera::GreyPicture grey_of(const Page& page);

}  // namespace kemas::label_pages
