// A tariff as a site writes it (TariffRows) and as quotes read it (RateBook: immutable, sorted,
// compact enough for 500,000 rates). Knows no files and no parcels.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/quantities.hpp"

namespace kemas::rating {

struct Currency {
    std::string code;  // ISO 4217
    int exponent = 0;  // digits behind the point: IDR as used 0, USD 2
    friend bool operator==(const Currency&, const Currency&) = default;
};

// How a weight between two steps is rounded (couriers-labels.md, 1.1).
enum class Rounding { up, half_up, tolerance };
// Whether a remainder that equals the tolerance is still forgiven: inclusive bills 1.300 kg as 1,
// exclusive as 2. Sources differ for the same courier, so it is data (couriers-labels.md, 0.6).
enum class Edge { inclusive, exclusive };

struct ServiceRow {
    std::string courier, code, name;
    std::int64_t divisor = 0;               // cm3 a kilogram; 0 = volume does not count
    std::int64_t volumetric_above_cm3 = 0;  // volume counts only above this
    std::int64_t step_g = 1000;
    Rounding rounding = Rounding::up;
    std::int64_t tolerance_g = 0;  // only for Rounding::tolerance
    Edge edge = Edge::inclusive;
    std::int64_t minimum_g = 0;
    std::int64_t max_weight_g = 0;  // chargeable; 0 = none
    bool cod_allowed = false;
    Money cod_min, cod_max;  // 0 = none
    int transit_days = 0;
    std::string cut_off;  // for people: "15:00"
    friend bool operator==(const ServiceRow&, const ServiceRow&) = default;
};

struct RateRow {
    std::string courier, service;
    std::string area_prefix;  // the longest that fits wins; "" or "*" = anywhere
    std::int64_t first_g = 1000;
    Money first_price;  // up to and with first_g
    Money per_step;     // each further step of the service
    friend bool operator==(const RateRow&, const RateRow&) = default;
};

enum class SurchargeKind { flat, per_kg, percent_of_freight, percent_of_cod, percent_of_value };
enum class When { always, cod, insured };

struct SurchargeRow {
    std::string courier, service;  // service "*" = all of the courier
    std::string name;
    SurchargeKind kind = SurchargeKind::flat;
    std::int64_t amount = 0;  // minor units (flat, per_kg) or basis points (percent_of_...)
    Money minimum, limit;     // of this surcharge; limit 0 = none
    Money round_up_to{1};     // a multiple of this
    When when = When::always;
    friend bool operator==(const SurchargeRow&, const SurchargeRow&) = default;
};

struct TariffRows {
    std::string version;  // hash of the content
    Currency currency;
    std::vector<ServiceRow> services;
    std::vector<RateRow> rates;
    std::vector<SurchargeRow> surcharges;  // charged in this order
    friend bool operator==(const TariffRows&, const TariffRows&) = default;
};

struct RowFault {
    std::string table;    // "services", "rates", "surcharges", or "tariff"
    std::size_t row = 0;  // from 0, within its table
    std::string column;
    std::string reason;
};

// A place in a RateBook's services().
using ServiceIndex = std::uint16_t;
constexpr std::size_t kAreaPrefixLength = 14;  // "11.01.01.2001" has 13

struct Rate {
    ServiceIndex service = 0;
    std::array<char, kAreaPrefixLength> area{};  // padded with NUL
    std::uint32_t first_g = 0, first_price = 0, per_step = 0;
    std::string_view area_prefix() const;
};

struct Surcharge {
    ServiceIndex service = 0;
    SurchargeRow row;
};

class RateBook {
 public:
    RateBook() = default;  // empty: quotes nothing

    const std::string& version() const { return version_; }
    const Currency& currency() const { return currency_; }
    const std::vector<ServiceRow>& services() const { return services_; }  // by courier, code
    std::size_t rate_count() const { return rates_.size(); }

    // nullptr when the tariff does not know it. The pointer lives as long as the book.
    const ServiceRow* service(std::string_view courier, std::string_view code) const;
    // The rate whose area prefix is the longest that `area_code` begins with, or nullptr.
    const Rate* rate(const ServiceRow& service, std::string_view area_code) const;
    std::span<const Surcharge> surcharges(const ServiceRow& service) const;

 private:
    friend tl::expected<RateBook, std::vector<RowFault>> make_rate_book(const TariffRows& rows);
    ServiceIndex index_of(const ServiceRow& service) const;

    std::string version_;
    Currency currency_;
    std::vector<ServiceRow> services_;
    std::vector<Rate> rates_;            // by service, area
    std::vector<Surcharge> surcharges_;  // by service, then as written
};

// Checks every row and tells all that is wrong, not only the first.
tl::expected<RateBook, std::vector<RowFault>> make_rate_book(const TariffRows& rows);

std::string_view to_text(Rounding rounding);
std::string_view to_text(Edge edge);
std::string_view to_text(SurchargeKind kind);
std::string_view to_text(When when);

}  // namespace kemas::rating
