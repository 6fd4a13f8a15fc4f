// What GS1 application identifiers exist and how their values look. Knows no element strings.
#pragma once

#include <cstddef>
#include <string_view>

namespace kemas::barcode {

// A run of identifiers: those of its length whose digits lie between `first` and `last`, and whose
// last digit lies between theirs ("3100".."3165" is 3100-3105, 3110-3115, ... 3160-3165).
struct AiRun {
    std::string_view first, last;
    bool predefined_length;  // needs no separator behind it
    // Components with a blank between: type (N digits, X character set 82, Y set 39, Z base64url),
    // length or ..most; `?` before: may be missing; behind: c its last digit is a check digit,
    // d a date YYMMDD whose day may be 00, D a date.
    std::string_view format;
};

// Digits of the identifiers that begin with these two digits; 0 when there are none.
std::size_t ai_length(std::string_view two_digits);

// The run that holds `ai`, or nullptr.
const AiRun* find_ai(std::string_view ai);

}  // namespace kemas::barcode
