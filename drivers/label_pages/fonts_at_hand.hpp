// The fonts that stand in for those a PDF does not bring along, in memory before the sandbox
// closes. Takes the opening of font files (fopen, FT_New_Face) over for the whole process. Runs in
// the child only.
#pragma once

#include <cstdint>
#include <string>

namespace kemas::label_pages {

/// While it is on, every font file that poppler opens is read and kept; afterwards only those kept
/// can be opened.
void record_fonts(bool on);

/// How many times a font was wanted that was not kept.
std::uint64_t fonts_missed();
std::string last_missed_font();  // file name without its folder

}  // namespace kemas::label_pages
