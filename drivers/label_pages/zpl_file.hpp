// A ZPL file cut into its labels, and the barcodes that each one asks a printer to draw. Pure; runs
// in the sandboxed child.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "drivers/label_pages/read_page.hpp"

namespace kemas::label_pages {

bool is_zpl(std::string_view bytes);

/// Each format that inks, with the setting-up formats before it and the graphics (~DG) that it
/// recalls. At most kMostPages + 1.
std::vector<std::string> zpl_labels(std::string_view zpl);

/// Codes of its barcode fields and of its pictures (^GFA; ~DG) that hold any.
std::vector<PageCode> zpl_codes(std::string_view zpl);

}  // namespace kemas::label_pages
