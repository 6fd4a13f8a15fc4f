// A bought number that is followed: what the books hold of it.
#pragma once

#include <string>

#include "core/quantities.hpp"
#include "core/tracking.hpp"

namespace kemas {

struct FollowedParcel {
    std::string reference, number;
    Instant given_at, left_at;  // left_at: staged or handed over; 0 = it is still in the building
    int checks = 0;             // looks at its number since it was given
    bool in_trouble = false;    // such a look found something wrong
    Tracked tracked = Tracked::none;
    Instant tracked_at;
};

}  // namespace kemas
