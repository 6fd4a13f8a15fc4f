// What goes on a label: named texts, gathered by whoever knows the parcel. Knows no layout.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace kemas::label {

struct LabelContent {
    std::map<std::string, std::string> fields;  // UTF-8; an absent field is an empty one

    /// The value of a field, empty when it was never set.
    const std::string& at(std::string_view name) const;
};

// Why a label cannot be drawn: the field at fault, and a sentence with the next step.
struct LabelRefusal {
    std::string field;
    std::string why;
};

/// Whether `name` is one of the fields every courier label may use.
bool is_courier_field(std::string_view name);

/// Customer text made fit for paper: CR LF becomes LF, a tab a space, invisible direction overrides
/// vanish. Refuses invalid UTF-8 and other control characters, naming `field`.
tl::expected<std::string, LabelRefusal> cleaned(const std::string& field, const std::string& text);

}  // namespace kemas::label
