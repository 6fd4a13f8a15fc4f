// The codes that a scanner is checked with after its set-up. Kemas answers them itself: no order
// ever sees one. Knows no device.
#pragma once

#include <string>

namespace kemas::label {

struct CheckCode {
    std::string text;       // what must arrive
    std::string bracketed;  // of a GS1 code, for its barcode; empty = plain Code 128
    char letter;            // what it is called where it is asked for: "barcode A"
    std::string name, name_id;
};

const CheckCode& plain_check();
const CheckCode& gs1_check();

/// Control characters and GS made visible: "21A1<GS>10B2".
std::string visible(const std::string& bytes);

}  // namespace kemas::label
