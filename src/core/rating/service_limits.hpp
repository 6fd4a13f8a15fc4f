// What a service takes of cash, value and goods, whatever the parcel weighs. Inline: a part of
// every price. Knows no rate.
#pragma once

#include "core/rating/judge.hpp"
#include "core/rating/price.hpp"

namespace kemas::rating {

struct Limit {
    Refusal refusal = Refusal::none;
    RefusalFacts facts;
};

inline Limit limit_of_cash(const ServiceRow& service, const Shipment& shipment) {
    const auto cod = shipment.cod;
    if (cod <= Money{}) return {};
    if (!service.cod_allowed) return {Refusal::cod_not, {}};
    if (cod < service.cod_min) return {Refusal::cod_low, {cod.value, service.cod_min.value}};
    if (service.cod_max > Money{} && cod > service.cod_max)
        return {Refusal::cod_high, {cod.value, service.cod_max.value}};
    const auto of_day = cod + shipment.cod_same_day;
    const auto most = service.cod_customer_day_max;
    if (most > Money{} && of_day > most)
        return {Refusal::cod_of_customer, {of_day.value, most.value}};
    return {};
}

// The first limit that the shipment breaks.
inline Limit limit_of(const ServiceRow& service, const Shipment& shipment) {
    for (const auto money : {shipment.cod, shipment.value, shipment.cod_same_day}) {
        if (money < Money{} || money.value > kMostMoney)
            return {Refusal::amount_impossible, {money.value, 0}};
    }
    if (const auto cash = limit_of_cash(service, shipment); cash.refusal != Refusal::none)
        return cash;
    if (service.max_value > Money{} && shipment.value > service.max_value)
        return {Refusal::value_high, {shipment.value.value, service.max_value.value}};
    if (shipment.dangerous && !service.dangerous_allowed) return {Refusal::dangerous, {}};
    return {};
}

}  // namespace kemas::rating
