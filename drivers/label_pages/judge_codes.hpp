// Every barcode of a drawn page, and whether it still reads after one dot of print growth. Runs in
// the sandboxed child only; knows no file.
#pragma once

#include "core/page.hpp"
#include "drivers/camera/grey_picture.hpp"
#include "drivers/label_pages/read_page.hpp"

namespace kemas::label_pages {

/// Codes from top to bottom, each once.
std::vector<PageCode> judge_codes(const Page& page);

/// Adds the codes that read only in `finer`, the same page drawn at `factor` times its dpi.
void add_lost(std::vector<PageCode>& codes, const camera::GreyPicture& finer, int factor);

/// All codes of a picture, without judging growth.
std::vector<PageCode> codes_in(const camera::GreyPicture& picture);

}  // namespace kemas::label_pages
