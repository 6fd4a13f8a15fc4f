// How well couriers kept their word, as counted over the last days: by service and destination.
// Knows not how it was counted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kemas::rating {

struct ReliabilityRow {
    std::string courier, service;
    std::string area_prefix;  // of the destination; "" = all
    std::int64_t sent = 0;    // parcels that came to an end
    std::int64_t on_time = 0, returned = 0, lost = 0;
};

class Reliability {
 public:
    Reliability() = default;
    // Rows of one service and area are summed.
    explicit Reliability(std::vector<ReliabilityRow> rows);

    // The row of the longest area that `area` begins with and that has at least `least_sent`
    // parcels: a share of three parcels says nothing. nullptr when there is none.
    const ReliabilityRow* of(std::string_view courier, std::string_view service,
                             std::string_view area, std::int64_t least_sent) const;

 private:
    std::vector<ReliabilityRow> rows_;  // by courier, service, area
};

// Basis points of what was sent. A parcel returned or lost is not on time.
std::int64_t on_time_share(const ReliabilityRow& row);

}  // namespace kemas::rating
