// The picture a printer would draw from a job of ours in TSPL, EPL2, ESC/POS or CPCL. Strict: it
// takes the few commands that a page needs, in their order, and nothing else, so a stray byte is an
// error. Shares nothing with the encoders but the languages. Pure.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "core/page.hpp"

namespace kemas::sim {

/// The page, or what was wrong and at which byte. `dpi` is that of the head, which TSPL's
/// millimetres are told in; the others have dots.
using ReadPage = tl::expected<Page, std::string>;

ReadPage read_tspl(std::string_view job, int dpi = 203);
/// EPL2 and ESC/POS do not say how long a page is: EPL2's ends with its last ink.
ReadPage read_epl2(std::string_view job, int dpi = 203);
ReadPage read_escpos(std::string_view job, int dpi = 203);
ReadPage read_cpcl(std::string_view job);

}  // namespace kemas::sim
