#include "core/rating/rate_book.hpp"

#include <algorithm>

#include "core/assert.hpp"

namespace kemas::rating {

const RateBook::Family& RateBook::next(ServiceIndex family) const {
    return family + 1u < families_.size() ? families_[family + 1u] : ends_;
}

const ServiceRow* RateBook::rules(ServiceIndex family, Day day) const {
    for (auto i = families_[family].services; i < next(family).services; ++i) {
        if (services_[i].valid_from <= day && day <= services_[i].valid_to) return &services_[i];
    }
    return nullptr;
}

const ServiceRow& RateBook::any_rules(ServiceIndex family) const {
    return services_[next(family).services - 1];
}

tl::expected<ServiceIndex, bool> RateBook::family(std::string_view courier,
                                                  std::string_view code) const {
    const auto wanted = std::pair(courier, code);
    const auto key = [&](const Family& f) {
        const auto& row = services_[f.services];
        return std::pair<std::string_view, std::string_view>(row.courier, row.code);
    };
    const auto found =
        std::lower_bound(families_.begin(), families_.end(), wanted,
                         [&](const Family& f, const auto& want) { return key(f) < want; });
    if (found == families_.end() || key(*found) != wanted) return tl::unexpected(false);
    return static_cast<ServiceIndex>(found - families_.begin());
}

const ServiceRow* RateBook::service(std::string_view courier, std::string_view code,
                                    Day day) const {
    const auto found = family(courier, code);
    return found ? rules(*found, day) : nullptr;
}

ServiceIndex RateBook::index_of(const ServiceRow& service) const {
    KEMAS_ASSERT(&service >= services_.data() && &service < services_.data() + services_.size());
    const auto place = static_cast<std::size_t>(&service - services_.data());
    const auto behind =
        std::upper_bound(families_.begin(), families_.end(), place,
                         [](std::size_t at, const Family& f) { return at < f.services; });
    return static_cast<ServiceIndex>(behind - families_.begin() - 1);
}

Places RateBook::places(std::string_view country, std::string_view area,
                        std::string_view postal) const {
    return places_.find(country == country_ ? "" : country, area, postal);
}

std::span<const Rate> RateBook::rates(ServiceIndex family, PlaceId place) const {
    const auto begin = rates_.begin() + static_cast<std::ptrdiff_t>(families_[family].rates);
    const auto end = rates_.begin() + static_cast<std::ptrdiff_t>(next(family).rates);
    const auto first = std::lower_bound(
        begin, end, place, [](const Rate& rate, PlaceId want) { return rate.place < want; });
    auto last = first;
    while (last != end && last->place == place) ++last;
    return {first, last};
}

bool RateBook::has_zones(ServiceIndex family) const {
    return next(family).zones > families_[family].zones;
}

PlaceId RateBook::zone(ServiceIndex family, PlaceId place) const {
    const auto begin = zones_.begin() + static_cast<std::ptrdiff_t>(families_[family].zones);
    const auto end = zones_.begin() + static_cast<std::ptrdiff_t>(next(family).zones);
    const auto found = std::lower_bound(
        begin, end, place, [](const Zone& zone, PlaceId want) { return zone.place < want; });
    return found != end && found->place == place ? found->zone : kNowhere;
}

bool RateBook::listed(std::int32_t list, const Places& places) const {
    for (const auto place : places.all()) {
        if (std::binary_search(listed_.begin(), listed_.end(), Listed{list, place})) return true;
    }
    return false;
}

const Rate* RateBook::rate(const ServiceRow& service, std::string_view area_code) const {
    const auto family = index_of(service);
    const auto found = places("", area_code, "");
    for (const auto place : found.all()) {
        if (const auto bands = rates(family, place); !bands.empty()) return &bands.front();
    }
    return nullptr;
}

std::span<const Surcharge> RateBook::surcharges(ServiceIndex family) const {
    return std::span(surcharges_)
        .subspan(families_[family].surcharges,
                 next(family).surcharges - families_[family].surcharges);
}

bool RateBook::is_holiday(std::string_view courier, Day day) const {
    for (const auto who : {std::string_view("*"), courier}) {
        const auto days = holidays_.find(who);
        if (days != holidays_.end() &&
            std::binary_search(days->second.begin(), days->second.end(), day)) {
            return true;
        }
    }
    return false;
}

}  // namespace kemas::rating
