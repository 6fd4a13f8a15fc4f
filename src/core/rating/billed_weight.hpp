// The weight a courier bills for parcels, numbers only and exact up to the rounding step. Knows a
// service's rules, not its prices.
#pragma once

#include <cstdint>
#include <span>

#include "core/quantities.hpp"
#include "core/rating/refusal.hpp"
#include "core/rating/tariff.hpp"

namespace kemas::rating {

struct Piece {
    Milligrams gross;  // settled weight of the closed parcel
    Size outer;        // of its packaging
    friend bool operator==(const Piece&, const Piece&) = default;
};

constexpr std::size_t kMostPieces = 1000;

struct PackingWeight {  // what the courier's packing adds to each piece before it is billed
    std::int64_t grams = 0, basis_points = 0;
};

struct Billed {
    Refusal refusal = Refusal::none;
    RefusalFacts facts;
    Milligrams actual, volumetric;  // volumetric 0 where volume does not count; rounded up
    bool by_volume = false;         // the volumetric weight is the greater
    std::int64_t rounded = 0;       // grams, or thousandths of a pound
    std::int64_t ticks = 0;         // rounded, and at least the minimum: what is billed
};

// max(actual, volumetric), kept exact up to the rounding step, then at least one step and the
// service's minimum (couriers-labels.md, 1.1). Refuses what has no possible weight or size (beyond
// 100 t or 100 m) and what is beyond the service's caps. Several pieces are taken as one whose
// weight and volume are the sums; the caps hold for each.
Billed bill(const ServiceRow& service, std::span<const Piece> pieces, PackingWeight packing = {});

Milligrams milligrams(std::int64_t ticks, Unit unit);  // rounded up
std::int64_t girth_mm(const Size& outer);              // 2 x (W + H), L the longest
std::int64_t longest_mm(const Size& outer);

}  // namespace kemas::rating
