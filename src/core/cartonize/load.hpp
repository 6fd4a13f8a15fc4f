// How much of a list goes into one carton: for a carton that is to be filled, not an order that is
// to be sent.
#pragma once

#include <cstdint>
#include <tl/expected.hpp>
#include <vector>

#include "core/cartonize/types.hpp"

namespace kemas::cartonize {

constexpr std::int64_t load_steps = 1'000'000;  // about 40 ms; enough for 130 units of 20 kinds

struct Load {
    Packed packed;
    std::vector<std::int64_t> left;  // by item: units that stayed outside
    std::int64_t steps = 0;
};

// The fullest carton found, by volume, within `rules.work_steps`. A mailer is tried at several
// thicknesses. Refuses what `pack` refuses, except units that do not fit: they are left.
tl::expected<Load, Refused> load(const std::vector<Item>& items, const Carton& carton,
                                 const Rules& rules);

}  // namespace kemas::cartonize
