// A barcode put into its box in whole dots. Knows no field.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "core/page.hpp"
#include "label/layout.hpp"

namespace kemas::label {

/// Draws the symbol of `text` as large as the box and its max_dots allow, in its middle, with its
/// quiet zone. The answer says where it lies and what it must read back as. The error names the
/// width it needs, or what lies in its way, worded to follow the field's name.
tl::expected<BarcodeBox, std::string> stamp(const Layout& layout, const Box& box,
                                            const std::string& text, Page& page);

}  // namespace kemas::label
