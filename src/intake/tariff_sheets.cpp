#include "intake/tariff_sheets.hpp"

#include <algorithm>

namespace kemas::intake {
namespace {

template <class Rows>
Rows without(const Rows& rows, const std::string& courier, const std::string& service) {
    Rows left;
    for (const auto& row : rows) {
        if (row.courier != courier || row.service != service) left.push_back(row);
    }
    return left;
}

}  // namespace

rating::TariffRows with_service(const rating::TariffRows& whole, const rating::TariffRows& part) {
    auto out = whole;
    if (whole.services.empty()) {
        out.currency = part.currency;
        out.country = part.country;
    }
    for (const auto& service : part.services) {
        std::erase_if(out.services, [&](const auto& old) {
            return old.courier == service.courier && old.code == service.code;
        });
        out.rates = without(out.rates, service.courier, service.code);
        out.zones = without(out.zones, service.courier, service.code);
    }
    out.services.insert(out.services.end(), part.services.begin(), part.services.end());
    out.zones.insert(out.zones.end(), part.zones.begin(), part.zones.end());
    for (const auto& rate : part.rates) out.rates.push_back(rate);
    return out;
}

}  // namespace kemas::intake
