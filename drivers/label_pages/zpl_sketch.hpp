// What a label of ZPL looks like, for eyes only: its pictures and lines where they stand. Never
// printed. Its words are drawn by whoever has fonts. Pure; nobody vouches for the text.
#pragma once

#include <string_view>

#include "core/page.hpp"

namespace kemas::label_pages {

/// A page of that size with the graphics (^GF, ^XG of a ~DG before it) and boxes (^GB) of one
/// label.
Page zpl_sketch(std::string_view zpl, int width, int height, int dpi);

}  // namespace kemas::label_pages
