// A picture file made ready to be laid on a page, dot by dot. Knows no page.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "label/ink.hpp"

namespace kemas::label {

// What becomes of greys: a thermal head has none.
enum class HalfTones {
    refuse,  // a logo must be drawn for the head
    split,   // darker than half is black
};

/// The ink of a PNG of any colour type, a dot a pixel; transparent is white. The error says what is
/// wrong with it.
tl::expected<Ink, std::string> picture_ink(std::string_view png,
                                           HalfTones half_tones = HalfTones::refuse);

/// The density noted in a PNG (pHYs), in dots an inch; 0 when there is none.
int noted_dpi(std::string_view png);

}  // namespace kemas::label
