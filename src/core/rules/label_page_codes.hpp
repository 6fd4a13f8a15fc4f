// Which barcodes of a label page name a parcel, and which of them become its aliases.
#pragma once

#include <string>
#include <vector>

#include "core/floor/turn.hpp"

namespace kemas {

// Whether `text` matches a pattern of `*` (any signs), `?` (one) and `#` (a digit).
bool matches_pattern(std::string_view pattern, std::string_view text);

// The page's codes as a scanner would hand them on, without those listed as not identifying and
// those no scan could mean (commands, signs that no scanner types).
std::vector<SeenCode> identifying_codes(const Turn& turn, const std::vector<SeenCode>& codes);

// Channel parcels whose tracking or package number is one of the codes, each once.
std::vector<Parcel> parcels_named(const Turn& turn, const std::vector<SeenCode>& codes);

// Its own number and every code of the page that nothing else claims. A code that two parcels'
// pages show names neither: it is taken from the one that had it.
void bind_aliases(Turn& turn, const Parcel& parcel, const std::vector<SeenCode>& codes);

}  // namespace kemas
