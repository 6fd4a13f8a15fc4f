// A small line of text put where a page is white. Knows no label and no layout.
#pragma once

#include <string>

#include "core/page.hpp"

namespace kemas::label {

/// Draws `text` (about 2 mm high) into the first free strip of the page: along its top, its foot,
/// else the white band nearest to the foot. Never within 2 mm of other ink. False = the page leaves
/// no room, and is as it was.
bool mark_page(Page& page, const std::string& text);

}  // namespace kemas::label
