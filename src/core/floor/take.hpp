// From which reserved place, and of which lot, the units in hand come. Changes nothing.
#pragma once

#include "core/floor/flows.hpp"

namespace kemas {

struct Take {
    std::string location;
    std::string promised;  // the lot the line had been promised there
    std::string lot;       // the lot in hand
    std::int64_t units = 0;
};

// `lot` as scanned, empty = not told. A lot other than the promised one may be taken where it lies
// free. Units that nothing covers are missing from the sum.
std::vector<Take> plan_takes(const Turn& turn, const JobLine& each, std::int64_t units,
                             const std::string& lot);

// The one lot that can be meant when none was scanned: what is promised where the picker stands has
// no other. Empty = several, or none.
std::string only_lot(const Turn& turn, const JobLine& each);
// Those promised, for a person: "L1, L2".
std::string promised_lots(const Turn& turn, const JobLine& each);

}  // namespace kemas
