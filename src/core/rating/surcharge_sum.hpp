// One surcharge's amount from its row: how often it counts, its exact share, its own rounding and
// bounds. Inline: a part of every price. Knows no order of surcharges.
#pragma once

#include <algorithm>

#include "core/rating/judge.hpp"
#include "core/rating/price.hpp"
#include "core/rating/price_trace.hpp"
#include "core/rating/wide.hpp"

namespace kemas::rating {

inline bool is_meant(const SurchargeRow& row, const Piece& piece) {
    if (piece.gross < grams(row.from_g)) return false;
    if (row.below_g > 0 && piece.gross >= grams(row.below_g)) return false;
    if (row.side_over.value > 0 && longest_mm(piece.outer) <= row.side_over.value) return false;
    return row.girth_over.value == 0 ||
           longest_mm(piece.outer) + girth_mm(piece.outer) > row.girth_over.value;
}

// How often the surcharge counts, and the volume of the pieces that it counts for.
inline void count_pieces(SurchargeSum& sum, std::span<const Piece> pieces) {
    const auto& row = sum.surcharge->row;
    sum.times = 0;
    for (const auto& piece : pieces) {
        if (!is_meant(row, piece)) continue;
        const auto& o = piece.outer;
        sum.volume += o.length.value * o.width.value * o.height.value;
        ++sum.times;
    }
    if (!row.each_piece) sum.times = std::min<std::int64_t>(sum.times, 1);
}

struct Share {  // of minor units, before the surcharge's own rounding
    Wide over = 0, under = 1;
};

inline Share by_kilogram(SurchargeSum& sum) {
    const auto& row = sum.surcharge->row;
    const bool greater_of = row.kind == SurchargeKind::flat_or_per_kg;
    const auto by_kg = wide(sum.weight.value) * wide(greater_of ? row.per_kg.value : row.amount);
    if (!greater_of) return {by_kg, 1'000'000};
    const auto flat = wide(row.amount) * wide(sum.times) * 1'000'000;
    sum.by_kg = by_kg > flat;
    return {sum.by_kg ? by_kg : flat, 1'000'000};
}

// `base` gives the money that a percentage is of. Not inlined it would cost a sixth of a price.
template <class Base>
[[gnu::always_inline]] inline Share share_of(SurchargeSum& sum, const Base& base) {
    const auto amount = wide(sum.surcharge->row.amount);
    switch (sum.surcharge->row.kind) {
        case SurchargeKind::flat:
            return {amount * wide(sum.times), 1};
        case SurchargeKind::per_kg:
        case SurchargeKind::flat_or_per_kg:
            return by_kilogram(sum);
        case SurchargeKind::per_m3:
            return {wide(sum.volume) * amount, 1'000'000'000};
        case SurchargeKind::percent_of_freight:
        case SurchargeKind::percent_of_total:
        case SurchargeKind::percent_of_cod:
        case SurchargeKind::percent_of_value:
            sum.base = base();
            return {wide(sum.base.value) * amount, 10'000};
    }
    return {};
}

inline std::int64_t rounded(Share share, AmountRounding round) {
    switch (round) {
        case AmountRounding::up:
            return narrow(divide_up(share.over, share.under));
        case AmountRounding::half_up:
            return narrow((share.over * 2 + share.under) / (share.under * 2));
        case AmountRounding::down:
            break;
    }
    return narrow(share.over / share.under);
}

// Adds what is added, rounds to the row's multiple, keeps the row's bounds.
inline void settle(SurchargeSum& sum, Share share) {
    const auto& row = sum.surcharge->row;
    share.over += wide(row.plus.value) * wide(sum.times) * share.under;
    share.under *= wide(row.round_up_to.value);
    sum.rounded = share.over % share.under != 0;
    const auto units = rounded(share, row.round);
    sum.amount = {narrow(wide(units) * wide(row.round_up_to.value))};
    sum.at_least = sum.amount < row.minimum;
    if (sum.at_least) sum.amount = row.minimum;
    sum.at_most = row.limit > Money{} && sum.amount > row.limit;
    if (sum.at_most) sum.amount = row.limit;
}

}  // namespace kemas::rating
