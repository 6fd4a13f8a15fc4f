// Writes the words of a label of ZPL onto its sketch, where its fields stand, so that a person can
// tell whose it is. For eyes only, never printed: sizes and fonts are ours.
#pragma once

#include <string_view>

#include "core/page.hpp"

namespace kemas::app {

/// Each field's text; a barcode's stands between two bars, in place of its picture.
void write_zpl_words(Page& page, std::string_view zpl);

}  // namespace kemas::app
