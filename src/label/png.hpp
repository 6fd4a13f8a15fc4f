// A page as a PNG picture, for eyes and tests. The same page always gives the same bytes.
#pragma once

#include <string>

#include "core/page.hpp"

namespace kemas::label {

/// 1-bit greyscale PNG with the page's resolution noted in it.
std::string to_png(const Page& page);

}  // namespace kemas::label
