// Loads side by side: what a channel says that something weighs and measures, and what it does.
// Knows no parcel and no price.
#pragma once

#include <cstdint>
#include <vector>

#include "core/channels.hpp"
#include "core/quantities.hpp"

namespace kemas::declared {

std::int64_t volume_mm3(const Size& size);  // 0 = not told; saturates

// Whether `declared` is further from `ours` than this share of ours. Exactly the share is not, and
// what is 0 on either side is not known, so not off.
bool is_off(std::int64_t declared, std::int64_t ours, std::int64_t share_basis_points);
// How far: below zero where less is declared. 0 where either is not known.
std::int64_t off_basis_points(std::int64_t declared, std::int64_t ours);

// What the size weighs in a courier's eyes, rounded up; 0 where size or divisor (cm3 a kilogram) is
// not known.
Milligrams volumetric(const Size& size, std::int64_t divisor);

Milligrams whole_grams(Milligrams mass);  // rounded up: a catalogue takes no parts of a gram

// Units as a channel adds them up: their weights, and their volumes on the largest base.
class LoadSum {
 public:
    void add(const DeclaredLoad& one, std::int64_t units);
    DeclaredLoad sum() const;  // weight 0 when one of them has none

 private:
    Milligrams weight_;
    bool weight_told_ = true;
    std::int64_t volume_ = 0;
    Millimetres longest_, middle_;
};

// `whole`, of either sign, in parts as large as `measures` (none below zero) are to each other; the
// parts make the whole again. Equal parts where all measures are 0.
std::vector<std::int64_t> shared(std::int64_t whole, const std::vector<std::int64_t>& measures);

}  // namespace kemas::declared
