// A tariff as quotes read it: immutable, sorted, 24 bytes a rate, so that half a million rates load
// within a second. Knows no parcel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "core/quantities.hpp"
#include "core/rating/place_table.hpp"
#include "core/rating/tariff.hpp"

namespace kemas::rating {

// A courier's service whatever the day: its place among families(). The rules of a service may
// change (UPS' rounding did on 2025-08-18), its rates and surcharges name only courier and code.
using ServiceIndex = std::uint16_t;
constexpr std::size_t kMostLineNames = 64;  // of the surcharges of one service

struct Rate {
    ServiceIndex service = 0;
    std::uint16_t terms = 0;
    PlaceId place = kNowhere;
    std::uint32_t up_to_g = 0;  // the largest number where there is no end
    std::uint32_t first_g = 0, first_price = 0, per_step = 0;
};

struct Surcharge {
    ServiceIndex service = 0;
    SurchargeRow row;
    std::uint8_t slot = 0;   // rows of one name share it
    std::uint64_t base = 0;  // slots of the names in row.of
    std::int32_t list = -1;  // -1 = everywhere
};

class RateBook {
 public:
    RateBook() = default;  // empty: quotes nothing

    const std::string& version() const { return version_; }
    const Currency& currency() const { return currency_; }
    const std::string& country() const { return country_; }
    const std::vector<ServiceRow>& services() const { return services_; }  // by courier, code, days
    std::size_t rate_count() const { return rates_.size(); }

    ServiceIndex family_count() const { return static_cast<ServiceIndex>(families_.size()); }
    // The rules of a service on a day; nullptr when none hold.
    const ServiceRow* rules(ServiceIndex family, Day day) const;
    const ServiceRow& any_rules(ServiceIndex family) const;  // the latest
    // nullptr when the tariff does not know it on that day; without a day, what has no end. The
    // pointer lives as long as the book.
    const ServiceRow* service(std::string_view courier, std::string_view code,
                              Day day = kForever) const;
    ServiceIndex index_of(const ServiceRow& service) const;
    tl::expected<ServiceIndex, bool> family(std::string_view courier, std::string_view code) const;

    // `country` "" or the tariff's own, or two capital letters.
    Places places(std::string_view country, std::string_view area, std::string_view postal) const;
    const PlaceKey& place(PlaceId id) const { return places_.key(id); }
    const RateTerms& terms(const Rate& rate) const { return terms_[rate.terms]; }

    // The bands of a service for one place, by up_to_g; of all days.
    std::span<const Rate> rates(ServiceIndex family, PlaceId place) const;
    PlaceId zone(ServiceIndex family, PlaceId place) const;  // kNowhere: the place lies in none
    bool has_zones(ServiceIndex family) const;
    bool listed(std::int32_t list, const Places& places) const;
    // Without a day and weight: the first band of the most specific place, or nullptr.
    const Rate* rate(const ServiceRow& service, std::string_view area_code) const;
    std::span<const Surcharge> surcharges(ServiceIndex family) const;  // taxes last
    bool is_holiday(std::string_view courier, Day day) const;

 private:
    friend class BookMaker;
    struct Family {
        std::size_t services = 0, rates = 0, zones = 0, surcharges = 0;  // where they begin
    };
    struct Zone {
        ServiceIndex service = 0;
        PlaceId place = kNowhere, zone = kNowhere;
    };
    struct Listed {
        std::int32_t list = 0;
        PlaceId place = kNowhere;
        friend auto operator<=>(const Listed&, const Listed&) = default;
    };
    const Family& next(ServiceIndex family) const;

    std::string version_, country_;
    Currency currency_;
    std::vector<ServiceRow> services_;
    std::vector<Family> families_;
    Family ends_;
    PlaceTable places_;
    std::vector<RateTerms> terms_;
    std::vector<Rate> rates_;            // by service, place, up_to_g, valid_from
    std::vector<Zone> zones_;            // by service, place
    std::vector<Listed> listed_;         // by list, place
    std::vector<Surcharge> surcharges_;  // by service, then taxes last, then as written
    std::map<std::string, std::vector<Day>, std::less<>> holidays_;  // by courier; days sorted
};

// Checks every row and tells all that is wrong, not only the first.
tl::expected<RateBook, std::vector<RowFault>> make_rate_book(const TariffRows& rows);

}  // namespace kemas::rating
