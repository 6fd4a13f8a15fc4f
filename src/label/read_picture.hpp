// A picture file made ready to be laid on a page, dot by dot. Knows no page.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "label/ink.hpp"

namespace kemas::label {

/// The ink of a PNG that holds only black and white: any colour type, no half tones (a thermal head
/// has none), transparent is white. The error says what is wrong with it.
tl::expected<Ink, std::string> picture_ink(std::string_view png);

}  // namespace kemas::label
