// All rates of a tariff as one text, a line each, and back: how the ledger and the journal keep
// them. Half a million rows as rows of their own took seconds. Knows no CSV that people write.
#pragma once

#include <string>
#include <string_view>

#include "core/rating/rate_rows.hpp"

namespace kemas::rating {

std::string rates_to_text(const RateRows& rates);
// Reads what rates_to_text() wrote; a line of other shape is left out.
RateRows rates_from_text(std::string_view text);

}  // namespace kemas::rating
