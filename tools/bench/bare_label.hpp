// A label as a straightforward program draws and packs it: every box anew with Pango and Cairo on
// one surface, bars as rectangles, the page as hex. Nothing is read back.
#pragma once

#include <string>

#include "core/page.hpp"
#include "label/content.hpp"
#include "label/layout.hpp"

namespace kemas::bench {

// The same dots as label::draw() gives.
Page draw_barely(const label::Layout& layout, const label::LabelContent& content);
std::string pack_barely(const Page& page);  // ^GFA with plain hex

}  // namespace kemas::bench
