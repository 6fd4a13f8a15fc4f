// A shape as elements, and how a number lies on it. Knows no check digit.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kemas::numbers {

struct Element {
    enum class Kind { digit, letter, either, check, one_of };
    Kind kind = Kind::digit;
    std::string of;      // one_of
    bool counts = true;  // for the check digit
    friend bool operator==(const Element&, const Element&) = default;
};

// Nothing for a shape that cannot be read: an unclosed bracket, a count of nothing, over 100 long.
std::optional<std::vector<Element>> read_shape(std::string_view shape);

struct Fit {
    std::string body;  // what counts for the check digit
    char check = 0;    // 0 = the shape has none
};
// Nothing when the number does not lie on it.
std::optional<Fit> fit(const std::vector<Element>& shape, std::string_view number);

}  // namespace kemas::numbers
