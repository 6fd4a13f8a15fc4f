// What a new tariff changes in the one in force, for the preview of an import. Knows no price.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/rating/tariff.hpp"

namespace kemas::intake {

struct TariffDiff {
    std::int64_t fresh = 0, changed = 0, removed = 0, same = 0;  // rows
    // "+ rate JNE REG 31.71", "- zone ...", "~ rate JNE REG 31.71: first_price 9000 -> 9500"
    std::vector<std::string> examples;
};

// Rows are the same one when their courier, service, place, name and days agree; what they say
// besides may have changed. At most `most_examples` are told.
TariffDiff compare(const rating::TariffRows& old_one, const rating::TariffRows& new_one,
                   std::size_t most_examples);

}  // namespace kemas::intake
