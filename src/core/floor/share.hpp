// Units in hand are shared out over the lines that want them, taken off the shelf and confirmed.
#pragma once

#include <vector>

#include "core/floor/take.hpp"

namespace kemas {

// What one line gets of the units in hand, and from where these come.
struct Share {
    JobLine each;
    std::int64_t units = 0;
    std::vector<Take> takes;
};

// `lines` have room for `quantity` units; the first is filled first.
std::vector<Share> share_out(const Turn& turn, const std::vector<JobLine>& lines,
                             std::int64_t quantity);
// Units of a share that come off the shelf now: at a bench what a cart brought is picked already.
std::int64_t off_shelf(const Turn& turn, const Share& share);
// Plans a share's takes; refuses when the lot must be told, or is not there. True = refused.
bool refuse_lot(Turn& turn, const Sku& sku, Share& share, const Marks& marks);
// The marks to judge by: the lot of the place where none was read.
Marks told_by(const std::vector<Share>& shares, Marks marks);
// Confirms a share, here and now.
void confirm(Turn& turn, const Share& share, const Marks& marks);

}  // namespace kemas
