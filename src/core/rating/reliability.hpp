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
    // Rows of one service and area are summed. A correction may stand without what it corrects,
    // which was told before the first day: no sum is below 0, none above what was sent.
    explicit Reliability(std::vector<ReliabilityRow> rows);

    // The row of the longest area that `area` begins with and that has at least `least_sent`
    // parcels: a share of three parcels says nothing. nullptr when there is none.
    const ReliabilityRow* of(std::string_view courier, std::string_view service,
                             std::string_view area, std::int64_t least_sent) const;

    const std::vector<ReliabilityRow>& rows() const { return rows_; }

 private:
    std::vector<ReliabilityRow> rows_;  // by courier, service, area
};

// The areas around one, the widest first, "" before them and itself last. The parts of
// "31.71.03.1004" are between its dots; digits alone are a province of 2, a city of 4, a district
// of 6 (kode wilayah; couriers-labels.md, 1.5). Of any other code nothing is known to lie around
// it.
std::vector<std::string_view> areas_around(std::string_view area);

// Rows by whole area become sums for every area around them.
std::vector<ReliabilityRow> with_areas_around(const std::vector<ReliabilityRow>& whole_areas);

// Basis points of what was sent. A parcel returned or lost is not on time.
std::int64_t on_time_share(const ReliabilityRow& row);
std::int64_t share_of(std::int64_t count, const ReliabilityRow& row);

}  // namespace kemas::rating
