// Puts the hashes on a draft that the core cannot compute itself. Knows no order's past.
#pragma once

#include <string>
#include <string_view>

#include "core/input.hpp"

namespace kemas::intake {

// SHA-256 as 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

// The draft with: content_hash of all but ship_to and the label's bytes, equal for equal content on
// every machine; person_salt, 16 random bytes as hex, new on every call; person_hash over salt and
// person; label_hash of label_zpl, empty without a label.
SealedOrder seal(OrderDraft draft);

// person_hash as seal() makes it: to find out whether a person is still the same.
std::string person_hash(std::string_view salt, const Person& person);

}  // namespace kemas::intake
