// Putting dots on a page: areas filled, ink laid, whether something is there. Knows no layout.
#pragma once

#include "core/page.hpp"
#include "label/ink.hpp"

namespace kemas::label {

struct Area {
    int x = 0, y = 0, width = 0, height = 0;  // dots
};

// All of them must lie on the page.
void fill(Page& page, const Area& area);
bool blank(const Page& page, const Area& area);
/// The area's other rows become as its first one; they must be blank.
void repeat_first_row(Page& page, const Area& area);
/// Black where the ink is; `white` clears there instead.
void lay(Page& page, const Ink& ink, int left, int top, bool white);

}  // namespace kemas::label
