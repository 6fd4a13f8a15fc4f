// GS1 check digits and the one form under which an item number is known. Knows no application
// identifiers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kemas::barcode {

bool all_digits(std::string_view text);  // false for an empty text

// The modulo-10 digit that belongs behind `body` (GS1 General Specifications 7.9.1: weights 3, 1
// from the right). `body` holds digits only.
char check_digit(std::string_view body);

// Whether the last digit of `digits` is the check digit of those before it, at any length from 2.
bool has_valid_check_digit(std::string_view digits);

// A GTIN-8, -12, -13 or -14 with a valid check digit, padded with zeros on the left to 14 digits;
// nothing for any other text.
std::optional<std::string> to_gtin14(std::string_view digits);

// An SSCC: 18 digits, the last a valid check digit.
bool is_sscc(std::string_view digits);

}  // namespace kemas::barcode
