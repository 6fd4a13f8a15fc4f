// Which lane takes a parcel of this courier and service, given which lanes can take one now.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/line/layout.hpp"
#include "core/line/reason.hpp"

namespace kemas::line {

// `lane`, or why there is none.
using LaneChoice = tl::expected<std::size_t, Reason>;

// The first open lane of: those that name courier and service, those that name the courier alone,
// those that take any; then these lanes' fallbacks in their order; then a recirculating lane while
// `passes` (this one counted) is below the layout's limit. `open` is as layout.lanes.
LaneChoice choose_lane(const Layout& layout, const std::vector<bool>& open,
                       const std::string& courier, const std::string& service, int passes);

// Every lane, open or not, that the choice above may ever give to this courier and service, without
// recirculating ones.
std::vector<std::size_t> lanes_for(const Layout& layout, const std::string& courier,
                                   const std::string& service);

}  // namespace kemas::line
