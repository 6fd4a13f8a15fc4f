#include "core/rating/billed_weight.hpp"

#include <algorithm>

#include "core/rating/judge.hpp"
#include "core/rating/wide.hpp"

namespace kemas::rating {
namespace {

// A pound is 453.59237 g and an inch 25.4 mm, both exactly: a thousandth of a pound is
// 45,359,237 / 100,000 mg, a cubic inch 16,387.064 mm3.
constexpr std::int64_t kPound = 45'359'237;
constexpr std::int64_t kCubicInch = 16'387'064;  // thousandths of a mm3

struct Ratio {
    Wide over = 0, under = 1;
};

Ratio tick_mg(Unit unit) {
    return unit == Unit::pound ? Ratio{wide(kPound), 100'000} : Ratio{1000, 1};
}

bool possible(Milligrams gross) {
    return gross > Milligrams{0} && gross <= grams(kMostGrams);
}

Milligrams gross_of(const Piece& piece, PackingWeight packing) {
    if (!possible(piece.gross)) return piece.gross;
    const auto added = divide_up(wide(piece.gross.value) * wide(packing.basis_points), 10'000);
    return piece.gross + grams(packing.grams) + Milligrams{narrow(added)};
}

// A side in whole centimetres or inches; in tenths of millimetres a unit has 100 or 254.
std::int64_t rounded_side(Millimetres side, const ServiceRow& service) {
    const std::int64_t unit = service.unit == Unit::pound ? 254 : 100;
    const auto tenths = side.value * 10;
    return service.side_rounding == SideRounding::up ? (tenths + unit - 1) / unit
                                                     : (tenths + unit / 2) / unit;
}

// Sums of volumes: mm3, or whole cm3 or in3 where the service rounds sides.
Wide volume_of(const Piece& piece, const ServiceRow& service) {
    const auto& o = piece.outer;
    if (service.side_rounding == SideRounding::none)
        return wide(o.length.value) * wide(o.width.value) * wide(o.height.value);
    return wide(rounded_side(o.length, service)) * wide(rounded_side(o.width, service)) *
           wide(rounded_side(o.height, service));
}

bool above_threshold(Wide volume, const ServiceRow& service) {
    const auto threshold = wide(service.volumetric_above_cm3);
    if (service.side_rounding != SideRounding::none) return volume > threshold;
    return service.unit == Unit::pound ? volume * 1000 > threshold * wide(kCubicInch)
                                       : volume > threshold * 1000;
}

// `volume` / divisor as milligrams: mm3 / 1000 = cm3, / divisor = kg, * 1,000,000 = mg.
Ratio volumetric_mg(Wide volume, const ServiceRow& service) {
    const auto divisor = wide(service.divisor);
    const bool whole = service.side_rounding != SideRounding::none;
    if (service.unit == Unit::kilogram) return {volume * (whole ? 1'000'000 : 1000), divisor};
    if (whole) return {volume * wide(kPound), divisor * 100};
    return {volume * 1000 * wide(kPound), wide(kCubicInch) * 100 * divisor};
}

std::int64_t round_to_step(const ServiceRow& service, const Ratio& weight_mg) {
    const auto tick = tick_mg(service.unit);
    const auto over = weight_mg.over * tick.under;
    const auto one = weight_mg.under * tick.over;  // `over` of one tick
    const auto step = one * wide(service.step_g);
    auto steps = over / step;
    const auto rest = over - steps * step;
    bool up = rest > 0;
    if (up && service.rounding == Rounding::half_up) up = rest >= step - rest;
    if (up && service.rounding == Rounding::tolerance) {
        const auto forgiven = one * wide(service.tolerance_g);
        up = service.edge == Edge::inclusive ? rest > forgiven : rest >= forgiven;
    }
    if (up) ++steps;
    return std::max<std::int64_t>(narrow(steps), 1) * service.step_g;
}

Billed refused(Refusal refusal, std::int64_t found, std::int64_t allowed = 0) {
    Billed billed;
    billed.refusal = refusal;
    billed.facts = {found, allowed};
    return billed;
}

bool limits_size(const ServiceRow& s) {
    return s.divisor > 0 || s.max_side.value > 0 || s.max_sides_sum.value > 0 ||
           s.max_girth.value > 0 || s.max_length_girth.value > 0;
}

Billed check_piece(const ServiceRow& service, const Piece& piece, Milligrams gross) {
    if (!possible(gross)) return refused(Refusal::no_weight, piece.gross.value);
    const auto& o = piece.outer;
    for (const auto side : {o.length, o.width, o.height}) {
        if (side.value < 0 || side.value > kMostMillimetres)
            return refused(Refusal::side_impossible, side.value);
    }
    const bool sized = o.length.value > 0 && o.width.value > 0 && o.height.value > 0;
    if (!sized && limits_size(service)) return refused(Refusal::no_size, 0);
    if (service.max_gross_g > 0) {
        const auto tick = tick_mg(service.unit);
        if (wide(gross.value) * tick.under > wide(service.max_gross_g) * tick.over)
            return refused(Refusal::gross_high, gross.value, service.max_gross_g);
    }
    const auto longest = longest_mm(o), girth = girth_mm(o);
    const auto over = [](Millimetres cap, std::int64_t found) {
        return cap.value > 0 && found > cap.value;
    };
    if (over(service.max_side, longest))
        return refused(Refusal::side_long, longest, service.max_side.value);
    const auto sum = (o.length + o.width + o.height).value;
    if (over(service.max_sides_sum, sum))
        return refused(Refusal::sides_sum, sum, service.max_sides_sum.value);
    if (over(service.max_girth, girth))
        return refused(Refusal::girth, girth, service.max_girth.value);
    if (over(service.max_length_girth, longest + girth))
        return refused(Refusal::length_girth, longest + girth, service.max_length_girth.value);
    return {};
}

}  // namespace

std::int64_t longest_mm(const Size& outer) {
    return std::max({outer.length, outer.width, outer.height}).value;
}

std::int64_t girth_mm(const Size& outer) {
    return 2 * ((outer.length + outer.width + outer.height).value - longest_mm(outer));
}

Milligrams milligrams(std::int64_t ticks, Unit unit) {
    const auto tick = tick_mg(unit);
    return {narrow(divide_up(wide(ticks) * tick.over, tick.under))};
}

Billed bill(const ServiceRow& service, std::span<const Piece> pieces, PackingWeight packing) {
    if (pieces.empty() || pieces.size() > kMostPieces) return refused(Refusal::no_piece, 0);
    Billed billed;
    Wide volume = 0;
    for (const auto& piece : pieces) {
        const auto gross = gross_of(piece, packing);
        if (auto bad = check_piece(service, piece, gross); bad.refusal != Refusal::none) return bad;
        billed.actual += gross;
        if (service.divisor > 0) volume += volume_of(piece, service);
    }
    Ratio exact{wide(billed.actual.value), 1};
    if (service.divisor > 0 && above_threshold(volume, service)) {
        const auto volumetric = volumetric_mg(volume, service);
        billed.volumetric = {narrow(divide_up(volumetric.over, volumetric.under))};
        billed.by_volume = volumetric.over > exact.over * volumetric.under;
        if (billed.by_volume) exact = volumetric;
    }
    billed.rounded = round_to_step(service, exact);
    billed.ticks = std::max(billed.rounded, service.minimum_g);
    const auto most = service.max_weight_g * static_cast<std::int64_t>(pieces.size());
    if (service.max_weight_g > 0 && billed.ticks > most)
        return refused(Refusal::weight_high, billed.ticks, most);
    return billed;
}

}  // namespace kemas::rating
