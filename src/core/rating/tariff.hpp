// A tariff as a site writes it: services, rates, surcharges, zones, lists of areas, holidays. Knows
// no files and no parcels; RateBook is what quotes read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/rating/rate_rows.hpp"
#include "core/rating/tariff_row.hpp"

namespace kemas::rating {

struct TariffRows {
    std::string version;  // hash of the content
    Currency currency;
    std::vector<ServiceRow> services;
    RateRows rates;                        // packed: a courier's sheet has half a million
    std::vector<SurchargeRow> surcharges;  // charged in this order
    std::string country = "ID";            // the tariff's own
    std::vector<ZoneRow> zones{};
    std::vector<ListedAreaRow> listed_areas{};
    std::vector<HolidayRow> holidays{};
    friend bool operator==(const TariffRows&, const TariffRows&) = default;
};

struct RowFault {
    std::string table;    // a member of TariffRows, or "tariff"
    std::size_t row = 0;  // from 0, within its table
    std::string column;
    std::string reason;
};

std::string_view to_text(Rounding rounding);
std::string_view to_text(Edge edge);
std::string_view to_text(SurchargeKind kind);
std::string_view to_text(When when);

}  // namespace kemas::rating
