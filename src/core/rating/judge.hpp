// Whether single rows of a tariff can be, with bounds far outside any contract: within them no
// product in a quote overflows. Knows nothing of other rows.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/rating/tariff.hpp"

namespace kemas::rating {

constexpr std::int64_t kMostGrams = 100'000'000;  // 100 t
constexpr std::int64_t kMostDivisor = 1'000'000;
constexpr std::int64_t kMostBasisPoints = 50'000;  // 500 %
constexpr std::int64_t kMostMoney = 100'000'000'000'000;
constexpr std::int64_t kMostPrice = std::numeric_limits<std::uint32_t>::max();
constexpr std::int64_t kMostMillimetres = 100'000;

// The faults of one table, row after row.
struct Judge {
    std::vector<RowFault>& faults;
    std::string table;
    std::size_t row = 0;

    bool must(bool holds, const char* column, const std::string& reason) {
        if (!holds) faults.push_back({table, row, column, reason});
        return holds;
    }
    bool must_lie(std::int64_t value, std::int64_t least, std::int64_t most, const char* column) {
        if (value >= least && value <= most) return true;
        return must(false, column,
                    std::to_string(value) + " is not between " + std::to_string(least) + " and " +
                        std::to_string(most));
    }
    bool must_follow(Day from, Day to) {
        return must(from <= to && from >= kEver && to <= kForever, "valid_to",
                    "is before valid_from");
    }
};

bool is_percent(SurchargeKind kind);
void check(const ServiceRow& row, Judge& judge);
void check(const SurchargeRow& row, Judge& judge);
bool check(const RateRow& row, bool service_known, Judge& judge);

}  // namespace kemas::rating
