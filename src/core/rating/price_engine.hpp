// The one way from a lane and a shipment to a price. `Trace` hears of each sum: nothing when only
// the price is wanted, text when a person asks. Knows no text.
#pragma once

#include <algorithm>
#include <array>

#include "core/rating/judge.hpp"
#include "core/rating/price.hpp"
#include "core/rating/price_trace.hpp"
#include "core/rating/service_limits.hpp"
#include "core/rating/surcharge_sum.hpp"
#include "core/rating/wide.hpp"

namespace kemas::rating {

template <class Trace>
class PriceEngine {
 public:
    PriceEngine(const RateBook& book, const Lane& lane, const Shipment& shipment, Trace& trace)
        : book_(book), lane_(lane), shipment_(shipment), trace_(trace) {}

    Price run() {
        if (lane_.service == nullptr) return refuse(lane_.refusal);
        const auto limit = limit_of(*lane_.service, shipment_);
        if (limit.refusal != Refusal::none)
            return refuse(limit.refusal, limit.facts.found, limit.facts.allowed);
        if (lane_.refusal != Refusal::none) return refuse(lane_.refusal);
        surcharges_ = book_.surcharges(lane_.family);
        find_packing();
        if (!freight() || !surcharges()) return price_;
        return price_;
    }

 private:
    Price refuse(Refusal refusal, std::int64_t found = 0, std::int64_t allowed = 0) {
        price_.refusal = refusal;
        price_.facts = {found, allowed};
        return price_;
    }

    bool holds(When when) const {
        switch (when) {
            case When::always:
                break;
            case When::cod:
                return shipment_.cod > Money{};
            case When::insured:
                return shipment_.insured;
            case When::dangerous:
                return shipment_.dangerous;
            case When::wooden:
                return shipment_.wooden;
        }
        return true;
    }

    // Of the day, the goods and the place; whether its days of settlement are those agreed is
    // asked apart.
    bool applies(const Surcharge& surcharge) const {
        const auto& row = surcharge.row;
        if (lane_.day < row.valid_from || row.valid_to < lane_.day) return false;
        if (!holds(row.when)) return false;
        return surcharge.list < 0 || book_.listed(surcharge.list, *lane_.places);
    }

    bool settles(const SurchargeRow& row) const {
        return row.settlement_days == 0 || row.settlement_days == shipment_.settlement_days;
    }

    void find_packing() {
        for (const auto& surcharge : surcharges_) {
            const auto& row = surcharge.row;
            if (row.adds_g == 0 && row.adds_basis_points == 0) continue;
            if (!applies(surcharge) || !settles(row)) continue;
            packing_.grams += row.adds_g;
            packing_.basis_points += row.adds_basis_points;
        }
        packing_.grams = std::min(packing_.grams, kMostGrams);
    }

    bool freight() {
        const auto& service = *lane_.service;
        const bool summed = service.pieces == Pieces::summed;
        const auto count = summed ? std::size_t{1} : shipment_.pieces.size();
        if (count == 0 || shipment_.pieces.size() > kMostPieces)
            return refuse(Refusal::no_piece), false;
        std::int64_t together = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const auto billed =
                bill(service, summed ? shipment_.pieces : shipment_.pieces.subspan(i, 1), packing_);
            if (billed.refusal != Refusal::none) {
                return refuse(billed.refusal, billed.facts.found, billed.facts.allowed), false;
            }
            trace_.weight(billed);
            price_.billed += billed.ticks;
            if (service.pieces == Pieces::each_rounded)
                together += billed.ticks;
            else if (!pay(billed.ticks))
                return false;
        }
        return service.pieces != Pieces::each_rounded || pay(together);
    }

    // The first band of the day whose right end is not below the weight.
    const Rate* band(std::int64_t ticks) {
        std::int64_t last = 0;
        for (const auto& rate : lane_.rates) {
            if (!book_.terms(rate).holds_on(lane_.day)) continue;
            if (ticks <= rate.up_to_g) return &rate;
            last = rate.up_to_g;
        }
        refuse(Refusal::above_table, ticks, last);
        return nullptr;
    }

    bool pay(std::int64_t ticks) {
        const auto* rate = band(ticks);
        if (rate == nullptr) return false;
        const auto& terms = book_.terms(*rate);
        FreightSum sum{rate,
                       ticks,
                       terms.per_step_g > 0 ? terms.per_step_g : lane_.service->step_g,
                       std::max<std::int64_t>(ticks - rate->first_g, 0),
                       terms.exact,
                       {}};
        if (!sum.exact) sum.further = (sum.further + sum.step - 1) / sum.step;
        const auto steps = wide(rate->per_step) * wide(sum.further);
        sum.amount = Money{rate->first_price} +
                     Money{narrow(sum.exact ? divide_up(steps, wide(sum.step)) : steps)};
        trace_.freight(sum);
        price_.transit_days = std::max<int>(price_.transit_days, terms.transit_days > 0
                                                                     ? terms.transit_days
                                                                     : lane_.service->transit_days);
        price_.freight += sum.amount;
        price_.total = price_.freight;
        return bounded();
    }

    bool bounded() {
        if (price_.total.value <= kMostMoney) return true;
        refuse(Refusal::total_impossible);
        return false;
    }

    // Freight and the lines that a surcharge names.
    Money named(std::uint64_t base) const {
        auto sum = price_.freight;
        for (std::size_t i = 0; i < used_; ++i) {
            if ((base >> i) & 1) sum += by_name_[i];
        }
        return sum;
    }

    Money base_of(const Surcharge& surcharge) const {
        switch (surcharge.row.kind) {
            case SurchargeKind::percent_of_freight:
                return named(surcharge.base);
            case SurchargeKind::percent_of_cod:
                return shipment_.cod;
            case SurchargeKind::percent_of_value:
                return shipment_.value;
            default:
                return price_.total;
        }
    }

    bool surcharges() {
        if (surcharges_.empty()) return true;
        const auto weight = milligrams(price_.billed, lane_.service->unit);
        bool other_days = false, agreed_days = false;  // of a COD fee
        for (const auto& surcharge : surcharges_) {
            if (!applies(surcharge)) continue;
            const auto& row = surcharge.row;
            if (row.settlement_days != 0 && row.when == When::cod)
                (settles(row) ? agreed_days : other_days) = true;
            if (!settles(row)) continue;
            SurchargeSum sum;
            sum.surcharge = &surcharge;
            sum.weight = weight;
            count_pieces(sum, shipment_.pieces);
            if (sum.times == 0) continue;
            settle(sum, share_of(sum, [&] { return base_of(surcharge); }));
            if (sum.amount.value > kMostMoney) return refuse(Refusal::total_impossible), false;
            trace_.surcharge(sum);
            while (used_ <= surcharge.slot) by_name_[used_++] = {};
            by_name_[surcharge.slot] += sum.amount;
            price_.total += sum.amount;
            if (!bounded()) return false;
        }
        if (other_days && !agreed_days)
            return refuse(Refusal::cod_settlement, shipment_.settlement_days), false;
        return true;
    }

    const RateBook& book_;
    const Lane& lane_;
    const Shipment& shipment_;
    Trace& trace_;
    Price price_;
    std::span<const Surcharge> surcharges_;
    PackingWeight packing_;
    std::size_t used_ = 0;
    std::array<Money, kMostLineNames> by_name_;  // the first `used_`
};

}  // namespace kemas::rating
