// The one way from a lane and a shipment to a price. `Trace` hears of each sum: nothing when only
// the price is wanted, text when a person asks. Knows no text.
#pragma once

#include <algorithm>
#include <array>

#include "core/rating/judge.hpp"
#include "core/rating/price.hpp"
#include "core/rating/wide.hpp"

namespace kemas::rating {

struct FreightSum {
    const Rate* rate = nullptr;
    std::int64_t ticks = 0, step = 0, further = 0;  // begun steps, or ticks when exact
    bool exact = false;
    Money amount;
};

struct SurchargeSum {
    const Surcharge* surcharge = nullptr;
    Money base;               // of a percentage
    Milligrams weight;        // of per_kg
    std::int64_t volume = 0;  // mm3, of per_m3
    std::int64_t times = 1;
    bool by_kg = false;  // flat_or_per_kg: the weight gave more
    bool rounded = false, at_least = false, at_most = false;
    Money amount;
};

struct NoTrace {
    void weight(const Billed&) {}
    void freight(const FreightSum&) {}
    void surcharge(const SurchargeSum&) {}
};

template <class Trace>
class PriceEngine {
 public:
    PriceEngine(const RateBook& book, const Lane& lane, const Shipment& shipment, Trace& trace)
        : book_(book), lane_(lane), shipment_(shipment), trace_(trace) {}

    Price run() {
        if (lane_.service == nullptr) return refuse(lane_.refusal);
        for (const auto money : {shipment_.cod, shipment_.value, shipment_.cod_same_day}) {
            if (money < Money{} || money.value > kMostMoney)
                return refuse(Refusal::amount_impossible, money.value);
        }
        if (!money_and_goods() || !ok()) return price_;
        if (lane_.refusal != Refusal::none) return refuse(lane_.refusal);
        surcharges_ = book_.surcharges(lane_.family);
        find_packing();
        if (!freight() || !surcharges()) return price_;
        return price_;
    }

 private:
    bool ok() const { return price_.refusal == Refusal::none; }
    Price refuse(Refusal refusal, std::int64_t found = 0, std::int64_t allowed = 0) {
        price_.refusal = refusal;
        price_.facts = {found, allowed};
        return price_;
    }

    bool money_and_goods() {
        const auto& s = *lane_.service;
        const auto cod = shipment_.cod;
        if (cod > Money{}) {
            const auto of_day = cod + shipment_.cod_same_day;
            if (!s.cod_allowed)
                refuse(Refusal::cod_not);
            else if (cod < s.cod_min)
                refuse(Refusal::cod_low, cod.value, s.cod_min.value);
            else if (s.cod_max > Money{} && cod > s.cod_max)
                refuse(Refusal::cod_high, cod.value, s.cod_max.value);
            else if (s.cod_customer_day_max > Money{} && of_day > s.cod_customer_day_max)
                refuse(Refusal::cod_of_customer, of_day.value, s.cod_customer_day_max.value);
        }
        if (ok() && s.max_value > Money{} && shipment_.value > s.max_value)
            refuse(Refusal::value_high, shipment_.value.value, s.max_value.value);
        if (ok() && shipment_.dangerous && !s.dangerous_allowed) refuse(Refusal::dangerous);
        return ok();
    }

    bool applies(const Surcharge& surcharge) const {
        const auto& row = surcharge.row;
        if (lane_.day < row.valid_from || row.valid_to < lane_.day) return false;
        if (row.settlement_days != 0 && row.settlement_days != shipment_.settlement_days)
            return false;
        switch (row.when) {
            case When::always:
                break;
            case When::cod:
                if (shipment_.cod <= Money{}) return false;
                break;
            case When::insured:
                if (!shipment_.insured) return false;
                break;
            case When::dangerous:
                if (!shipment_.dangerous) return false;
                break;
            case When::wooden:
                if (!shipment_.wooden) return false;
                break;
        }
        return surcharge.list < 0 || book_.listed(surcharge.list, *lane_.places);
    }

    void find_packing() {
        for (const auto& surcharge : surcharges_) {
            const auto& row = surcharge.row;
            if (row.adds_g == 0 && row.adds_basis_points == 0) continue;
            if (!applies(surcharge)) continue;
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

    // How often the surcharge counts, and the volume of the pieces that it counts for.
    std::int64_t count(const SurchargeRow& row, std::int64_t& volume) const {
        std::int64_t found = 0;
        for (const auto& piece : shipment_.pieces) {
            const auto& o = piece.outer;
            if (piece.gross < grams(row.from_g)) continue;
            if (row.below_g > 0 && piece.gross >= grams(row.below_g)) continue;
            if (row.side_over.value > 0 && longest_mm(o) <= row.side_over.value) continue;
            if (row.girth_over.value > 0 && longest_mm(o) + girth_mm(o) <= row.girth_over.value)
                continue;
            volume += o.length.value * o.width.value * o.height.value;
            ++found;
        }
        return row.each_piece ? found : std::min<std::int64_t>(found, 1);
    }

    void percent(SurchargeSum& sum, Money base, Wide& over, Wide& under) const {
        sum.base = base;
        over = wide(base.value) * wide(sum.surcharge->row.amount);
        under = 10'000;
    }

    Money named(std::uint64_t base) const {
        auto sum = price_.freight;
        for (std::size_t i = 0; i < used_; ++i) {
            if ((base >> i) & 1) sum += by_name_[i];
        }
        return sum;
    }

    // As a fraction of minor units, before the surcharge's own rounding.
    void measure(SurchargeSum& sum, Wide& over, Wide& under) const {
        const auto& row = sum.surcharge->row;
        const auto amount = wide(row.amount);
        switch (row.kind) {
            case SurchargeKind::flat:
                over = amount * wide(sum.times);
                break;
            case SurchargeKind::per_kg:
            case SurchargeKind::flat_or_per_kg: {
                const auto by_kg =
                    row.kind == SurchargeKind::per_kg ? amount : wide(row.per_kg.value);
                over = wide(sum.weight.value) * by_kg;
                under = 1'000'000;
                if (row.kind == SurchargeKind::per_kg) break;
                sum.by_kg = over > amount * wide(sum.times) * under;
                if (!sum.by_kg) over = amount * wide(sum.times) * under;
                break;
            }
            case SurchargeKind::per_m3:
                over = wide(sum.volume) * amount;
                under = 1'000'000'000;
                break;
            case SurchargeKind::percent_of_freight:
                return percent(sum, named(sum.surcharge->base), over, under);
            case SurchargeKind::percent_of_total:
                return percent(sum, price_.total, over, under);
            case SurchargeKind::percent_of_cod:
                return percent(sum, shipment_.cod, over, under);
            case SurchargeKind::percent_of_value:
                return percent(sum, shipment_.value, over, under);
        }
    }

    static std::int64_t rounded(Wide over, Wide under, AmountRounding round) {
        switch (round) {
            case AmountRounding::up:
                return narrow(divide_up(over, under));
            case AmountRounding::half_up:
                return narrow((over * 2 + under) / (under * 2));
            case AmountRounding::down:
                break;
        }
        return narrow(over / under);
    }

    bool surcharges() {
        if (surcharges_.empty()) return true;
        const auto weight = milligrams(price_.billed, lane_.service->unit);
        for (const auto& surcharge : surcharges_) {
            const auto& row = surcharge.row;
            if (!applies(surcharge)) continue;
            SurchargeSum sum;
            sum.surcharge = &surcharge;
            sum.weight = weight;
            sum.times = count(row, sum.volume);
            if (sum.times == 0) continue;
            Wide over = 0, under = 1;
            measure(sum, over, under);
            over += wide(row.plus.value) * wide(sum.times) * under;
            under *= wide(row.round_up_to.value);
            sum.rounded = over % under != 0;
            const auto units = rounded(over, under, row.round);
            sum.amount = {narrow(wide(units) * wide(row.round_up_to.value))};
            sum.at_least = sum.amount < row.minimum;
            if (sum.at_least) sum.amount = row.minimum;
            sum.at_most = row.limit > Money{} && sum.amount > row.limit;
            if (sum.at_most) sum.amount = row.limit;
            if (sum.amount.value > kMostMoney) return refuse(Refusal::total_impossible), false;
            trace_.surcharge(sum);
            while (used_ <= surcharge.slot) by_name_[used_++] = {};
            by_name_[surcharge.slot] += sum.amount;
            price_.total += sum.amount;
            if (!bounded()) return false;
        }
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
