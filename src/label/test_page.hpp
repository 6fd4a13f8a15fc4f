// The page a printer is set up with: edges and rulers show whether the gap is found and the page
// lies straight, a wedge and thin lines show the darkness, barcodes in 2, 3 and 4 dots show what a
// scanner can still read. Knows no printer language.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "core/page.hpp"

namespace kemas::label {

struct TestPage {
    int width = 800, height = 1200;  // dots; at least 50 x 60 mm
    int dots_per_mm = 8, dpi = 203;
    std::string printer, printed_at;  // for the heading
    std::string code;                 // the barcodes hold it, with 2, 3 or 4 after it
};

// The error says what does not fit. A barcode that is too wide for the page is left out; the one in
// 2 dots must fit.
tl::expected<DrawnLabel, std::string> draw_test_page(const TestPage& plan);

}  // namespace kemas::label
