// A test page in the words of a printer's own language: a few lines of text and one barcode. Pure.
// For languages that Kemas prints no labels in; ZPL's page is drawn.
//
// Sources: TSPL/TSPL2 manual 2013 (SIZE, CLS, TEXT, BARCODE, PRINT); EPL2 manual 14245L-003 (N, A,
// B, P); Epson TM-L60II and Axiohm 12V p. 49 (ESC @, GS h, GS w, GS k 73 with its length and code
// set {B); CPCL Programming Guide (!, TEXT, BARCODE, FORM, PRINT).
#pragma once

#include <string>
#include <string_view>

namespace kemas::printer {

struct PlainPage {
    std::string printer, printed_at;
    std::string code;  // letters and digits
    int dots_per_mm = 8;
};

/// Empty for a language without one ("zpl", "").
std::string plain_test_page(std::string_view language, const PlainPage& page);

}  // namespace kemas::printer
