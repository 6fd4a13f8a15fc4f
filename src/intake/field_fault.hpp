// What is wrong with one field of something that came from outside. Knows no format.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kemas::intake {

struct FieldFault {
    std::string path;    // "orders[2].lines[0].quantity"; empty = the whole body
    std::string reason;  // "is 0; must be 1 to 1000000"
    friend bool operator==(const FieldFault&, const FieldFault&) = default;
};
using FieldFaults = std::vector<FieldFault>;

// "path reason; path reason", for one line of text.
std::string to_text(const FieldFaults& faults);

// "a.b" from "a" and "b"; "b" when there is no parent.
std::string join_path(std::string_view parent, std::string_view name);

}  // namespace kemas::intake
