#include "core/declared/load.hpp"

#include <algorithm>
#include <array>

#include "core/rating/wide.hpp"

namespace kemas::declared {
namespace {

using rating::divide_up;
using rating::narrow;
using rating::Wide;
using rating::wide;

std::array<std::int64_t, 3> sides(const Size& size) {  // the longest first
    std::array<std::int64_t, 3> all{size.length.value, size.width.value, size.height.value};
    std::sort(all.rbegin(), all.rend());
    return all;
}

}  // namespace

std::int64_t volume_mm3(const Size& size) {
    const auto [a, b, c] = sides(size);
    if (c <= 0) return 0;
    return narrow(wide(narrow(wide(a) * wide(b))) * wide(c));
}

bool is_off(std::int64_t declared, std::int64_t ours, std::int64_t share_basis_points) {
    if (declared <= 0 || ours <= 0) return false;
    const auto apart = declared > ours ? declared - ours : ours - declared;
    return wide(apart) * 10'000 > wide(ours) * wide(share_basis_points);
}

std::int64_t off_basis_points(std::int64_t declared, std::int64_t ours) {
    if (declared <= 0 || ours <= 0) return 0;
    const auto apart = declared > ours ? declared - ours : ours - declared;
    const auto points = narrow(wide(apart) * 10'000 / wide(ours));
    return declared > ours ? points : -points;
}

Milligrams volumetric(const Size& size, std::int64_t divisor) {
    if (divisor <= 0) return {};
    // mm3 / 1000 = cm3, / divisor = kg, * 1,000,000 = mg
    return {narrow(divide_up(wide(volume_mm3(size)) * 1000, wide(divisor)))};
}

Milligrams whole_grams(Milligrams mass) {
    return {(mass.value + 999) / 1000 * 1000};
}

void LoadSum::add(const DeclaredLoad& one, std::int64_t units) {
    weight_told_ = weight_told_ && one.weight.value > 0;
    weight_.value = narrow(wide(weight_.value) + wide(one.weight.value) * wide(units));
    const auto volume = volume_mm3(one.size);
    if (volume == 0) return;
    volume_ = narrow(wide(volume_) + wide(volume) * wide(units));
    const auto all = sides(one.size);
    longest_.value = std::max(longest_.value, all[0]);
    middle_.value = std::max(middle_.value, all[1]);
}

DeclaredLoad LoadSum::sum() const {
    DeclaredLoad load;
    if (weight_told_) load.weight = weight_;
    if (volume_ == 0) return load;
    const auto base = wide(longest_.value) * wide(middle_.value);
    load.size = {longest_, middle_, {narrow(divide_up(wide(volume_), base))}};
    return load;
}

std::vector<std::int64_t> shared(std::int64_t whole, const std::vector<std::int64_t>& measures) {
    std::vector<std::int64_t> parts(measures.size());
    Wide all = 0;
    for (const auto measure : measures) all += wide(measure);
    const bool equal = all == 0;
    if (equal) all = measures.size();
    const auto amount = wide(whole < 0 ? -whole : whole);
    Wide taken = 0;  // of the measures so far; rounding the sums, not the parts, loses nothing
    std::int64_t given = 0;
    for (std::size_t i = 0; i < measures.size(); ++i) {
        taken += equal ? 1 : wide(measures[i]);
        const auto upto = narrow(amount * taken / all);
        parts[i] = whole < 0 ? given - upto : upto - given;
        given = upto;
    }
    return parts;
}

}  // namespace kemas::declared
