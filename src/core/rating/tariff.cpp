#include "core/rating/tariff.hpp"

#include <algorithm>
#include <tuple>

#include "core/assert.hpp"

namespace kemas::rating {
namespace {

std::array<char, kAreaPrefixLength> padded(std::string_view area) {
    std::array<char, kAreaPrefixLength> key{};
    std::copy_n(area.begin(), std::min(area.size(), key.size()), key.begin());
    return key;
}

}  // namespace

std::string_view Rate::area_prefix() const {
    const auto end = std::find(area.begin(), area.end(), '\0');
    return {area.data(), static_cast<std::size_t>(end - area.begin())};
}

const ServiceRow* RateBook::service(std::string_view courier, std::string_view code) const {
    const auto key = [](const ServiceRow& s) {
        return std::pair<std::string_view, std::string_view>(s.courier, s.code);
    };
    const auto wanted = std::pair(courier, code);
    const auto found =
        std::lower_bound(services_.begin(), services_.end(), wanted,
                         [&](const ServiceRow& row, const auto& want) { return key(row) < want; });
    return found != services_.end() && key(*found) == wanted ? &*found : nullptr;
}

ServiceIndex RateBook::index_of(const ServiceRow& service) const {
    KEMAS_ASSERT(&service >= services_.data() && &service < services_.data() + services_.size());
    return static_cast<ServiceIndex>(&service - services_.data());
}

const Rate* RateBook::rate(const ServiceRow& service, std::string_view area_code) const {
    const auto index = index_of(service);
    const auto key = [](const Rate& r) { return std::tie(r.service, r.area); };
    for (auto length = std::min(area_code.size(), kAreaPrefixLength) + 1; length-- > 0;) {
        const auto area = padded(area_code.substr(0, length));
        const auto wanted = std::tie(index, area);
        const auto found =
            std::lower_bound(rates_.begin(), rates_.end(), wanted,
                             [&](const Rate& r, const auto& want) { return key(r) < want; });
        if (found != rates_.end() && key(*found) == wanted) return &*found;
    }
    return nullptr;
}

std::span<const Surcharge> RateBook::surcharges(const ServiceRow& service) const {
    const auto index = index_of(service);
    const auto first =
        std::lower_bound(surcharges_.begin(), surcharges_.end(), index,
                         [](const Surcharge& s, ServiceIndex i) { return s.service < i; });
    const auto last = std::find_if(first, surcharges_.end(),
                                   [&](const Surcharge& s) { return s.service != index; });
    return {first, last};
}

std::string_view to_text(Rounding rounding) {
    switch (rounding) {
        case Rounding::up:
            return "up";
        case Rounding::half_up:
            return "half_up";
        case Rounding::tolerance:
            return "tolerance";
    }
    return "";
}

std::string_view to_text(Edge edge) {
    return edge == Edge::inclusive ? "inclusive" : "exclusive";
}

std::string_view to_text(SurchargeKind kind) {
    switch (kind) {
        case SurchargeKind::flat:
            return "flat";
        case SurchargeKind::per_kg:
            return "per_kg";
        case SurchargeKind::percent_of_freight:
            return "percent_of_freight";
        case SurchargeKind::percent_of_cod:
            return "percent_of_cod";
        case SurchargeKind::percent_of_value:
            return "percent_of_value";
    }
    return "";
}

std::string_view to_text(When when) {
    switch (when) {
        case When::always:
            return "always";
        case When::cod:
            return "cod";
        case When::insured:
            return "insured";
    }
    return "";
}

}  // namespace kemas::rating
