#include "core/weighing/in_motion.hpp"

#include <utility>

#include "core/assert.hpp"

namespace kemas::weighing {
namespace {

__extension__ using Wide = __int128;

constexpr int kBits = 30;  // fixed point: 1 is 2^30
constexpr std::int64_t kOne = std::int64_t{1} << kBits;
constexpr std::int64_t kTwoPi = 6'746'518'852;  // 2 pi x 2^30

std::int64_t times(std::int64_t a, std::int64_t b) {
    return static_cast<std::int64_t>((static_cast<Wide>(a) * b + kOne / 2) >> kBits);
}

// sin, cos and exp of a small angle by their series: the terms fall below 2^-30 soon.
struct Turned {
    std::int64_t cosine = kOne, sine = 0;
};
Turned turn_by(std::int64_t angle) {
    Turned turned;
    std::int64_t term = kOne;
    for (std::int64_t n = 1; n < 20; ++n) {
        term = times(term, angle) / n;
        const std::int64_t sign = n % 4 < 2 ? 1 : -1;
        (n % 2 ? turned.sine : turned.cosine) += sign * term;
    }
    return turned;
}
std::int64_t shrink_by(std::int64_t x) {  // exp(-x)
    std::int64_t sum = kOne, term = kOne;
    for (std::int64_t n = 1; n < 20; ++n) {
        term = -times(term, x) / n;
        sum += term;
    }
    return sum;
}

using Wave = std::vector<std::int64_t>;

Wide product(const Wave& a, const Wave& b) {
    Wide sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<Wide>(a[i]) * b[i];
    return sum;
}

// Takes out of `wave` what `other` can say of it.
void take_out(Wave& wave, const Wave& other) {
    const Wide size = product(other, other);
    if (size < kOne) return;
    const Wide share = (product(wave, other) << kBits) / size;
    for (std::size_t i = 0; i < wave.size(); ++i)
        wave[i] -= static_cast<std::int64_t>((share * other[i]) >> kBits);
}

// Twice: once leaves the rounding of the first time behind.
void straighten(Wave& wave, const std::vector<Wave>& basis) {
    for (int round = 0; round < 2; ++round)
        for (const auto& other : basis) take_out(wave, other);
}

void add_swing(std::vector<Wave>& basis, const Swing& swing, const InMotionRules& rules,
               std::size_t samples) {
    const auto step = turn_by(kTwoPi * swing.millihertz / (1000 * std::int64_t{rules.rate_hz}));
    const auto shrink =
        swing.decay_ms ? shrink_by(kOne * 1000 / (rules.rate_hz * swing.decay_ms)) : kOne;
    Wave cosine, sine;
    std::int64_t c = kOne, s = 0;
    for (std::size_t i = 0; i < samples; ++i) {
        cosine.push_back(c), sine.push_back(s);
        const auto next = times(c, step.cosine) - times(s, step.sine);
        s = times(times(c, step.sine) + times(s, step.cosine), shrink);
        c = times(next, shrink);
    }
    for (auto* wave : {&cosine, &sine}) {
        straighten(*wave, basis);
        basis.push_back(std::move(*wave));
    }
}

std::int64_t divided(Wide a, Wide b) {  // b > 0; to the nearest
    return static_cast<std::int64_t>((a >= 0 ? a + b / 2 : a - b / 2) / b);
}

}  // namespace

InMotionScale::InMotionScale(InMotionRules rules) : rules_(std::move(rules)) {
    KEMAS_ASSERT(rules_.rate_hz > 0 && rules_.dwell_ms > 0 && !rules_.ranges.empty());
    const auto count = static_cast<std::size_t>(rules_.rate_hz * rules_.dwell_ms / 1000);
    KEMAS_ASSERT(count > 8 * rules_.swings.size());
    for (const auto& swing : rules_.swings) {
        // Beyond this the series above, and the sampling itself, are not good for it.
        KEMAS_ASSERT(swing.millihertz * 4 <= rules_.rate_hz * std::int64_t{1000});
        add_swing(basis_, swing, rules_, count);
    }
    mean_.assign(count, kOne);
    straighten(mean_, basis_);
}

InMotionWeight InMotionScale::weigh(const std::vector<Milligrams>& samples) const {
    InMotionWeight weight;
    weight.division = rules_.ranges.front().division;
    if (samples.size() < mean_.size()) return weight.why = "too_few_samples", weight;
    Wave wave;
    for (std::size_t i = samples.size() - mean_.size(); i < samples.size(); ++i)
        wave.push_back(samples[i].value);

    Wide sum_of_mean = 0;
    for (const auto one : mean_) sum_of_mean += one;
    const Milligrams load{divided(product(mean_, wave), sum_of_mean)};
    const auto& last = rules_.ranges.back();
    if (load > last.up_to + last.division * 9) return weight.why = "overload", weight;
    for (const auto& range : rules_.ranges) {
        weight.division = range.division;
        if (load <= range.up_to) break;
    }
    const auto e = weight.division.value;
    if (load.value < e * rules_.min_load_divisions) return weight.why = "below_minimum", weight;

    // What neither the load nor its swings explain: another parcel, a knock, a dead cell.
    for (auto& one : wave) one -= load.value;
    straighten(wave, basis_);
    const Wide most =
        e * rules_.most_residual_hundredths / 100 + load.value * rules_.most_residual_ppm / 1'000'000;
    if (product(wave, wave) > most * most * static_cast<std::int64_t>(wave.size()))
        return weight.why = "unsteady", weight;
    weight.gross = Milligrams{(load.value + e / 2) / e * e};
    return weight;
}

Milligrams automatic_limit(Milligrams load, Milligrams division) {
    const auto divisions = load.value / division.value;
    const std::int64_t halves = divisions <= 500 ? 2 : divisions <= 2000 ? 3 : 4;
    return {division.value * halves / 2};
}

}  // namespace kemas::weighing
