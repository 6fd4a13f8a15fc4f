// What goes on a label: named texts, gathered by whoever knows the parcel. Knows no layout.
#pragma once

#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

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

// What a layout is for decides which fields it may use.
enum class LayoutKind {
    courier,       // a parcel's courier label
    logistic,      // GS1 logistic label of a carton or pallet
    return_label,  // goes back to us with the goods
    packing_slip,
    item,  // on a unit or pack of goods
    tote,
    location,
    badge,
    commands,  // a sheet of command barcodes
    setup,     // codes that set a scanner up, and check codes
};
extern const std::array<std::pair<std::string_view, LayoutKind>, 10> layout_kinds;

// Places for codes on one page of a set-up sheet. Each has fields that end in its number, from 1.
constexpr int setup_places = 4;

/// Whether labels of that kind have a field of this name.
bool is_field_of(LayoutKind kind, std::string_view name);
/// Its fields, for whoever writes a layout; sorted.
std::span<const std::string_view> fields_of(LayoutKind kind);

/// Customer text made fit for paper: CR LF becomes LF, a tab a space, invisible direction overrides
/// vanish. Refuses invalid UTF-8 and other control characters, naming `field`.
tl::expected<std::string, LabelRefusal> cleaned(const std::string& field, const std::string& text);

}  // namespace kemas::label
