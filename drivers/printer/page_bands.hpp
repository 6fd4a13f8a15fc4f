// A page cut into the bands that have ink, for languages without compression. Knows no language.
#pragma once

#include <string>
#include <vector>

#include "core/page.hpp"

namespace kemas::printer {

struct Band {
    int top = 0, height = 0;        // rows
    int first_byte = 0, bytes = 0;  // of each row: 8 dots a byte
};

/// The bands with ink, from top to bottom, each no wider than its ink. Gaps of fewer than
/// `least_gap` blank rows stay inside a band. None for a blank page.
std::vector<Band> bands_of(const Page& page, int least_gap = 8);

/// The rows of a band one after the other; `black_is_0` turns every bit around.
std::string rows_of(const Page& page, const Band& band, bool black_is_0);

}  // namespace kemas::printer
