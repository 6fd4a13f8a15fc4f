// A label that came as a picture, dot for dot as a page. Knows no parcel and no printer. Reads PNG
// with libpng: bytes from outside belong into the sandboxed child first.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "core/page.hpp"

namespace kemas::label {

struct PaperSize {
    int dpi = 203;
    int width = 0, height = 0;  // dots
};

/// The PNG's dots on a page of that size, never scaled: each of its pixels is one dot, dark ones
/// black. Blank margins are cut where it is larger, and it is put in the middle. The error says
/// why it cannot go there: another density noted in it, or more ink than the page has room for.
tl::expected<Page, std::string> picture_page(std::string_view png, const PaperSize& paper);

}  // namespace kemas::label
