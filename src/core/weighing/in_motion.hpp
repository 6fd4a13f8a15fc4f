// The weight of a parcel that runs over a scale: one weighted mean of all samples of its dwell,
// made blind to the scale's ringing and the belt's tone. Fixed point; knows no device.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/quantities.hpp"

namespace kemas::weighing {

// A swing that lies on the weight. The scale's maker or a commissioning run tells them.
struct Swing {
    std::int64_t millihertz = 0;
    std::int64_t decay_ms = 0;  // time constant; 0 = it stays, as a belt's tone
};

struct Range {  // of a scale with several divisions
    Milligrams up_to;
    Milligrams division;  // e
};

struct InMotionRules {
    int rate_hz = 400;
    int dwell_ms = 500;  // the parcel is alone and whole on the scale for so long
    std::vector<Swing> swings{{12'000, 150}, {24'000, 150}, {5'000, 0}};
    std::vector<Range> ranges{{grams(6'000), grams(5)}, {grams(30'000), grams(10)}};
    std::int64_t min_load_divisions = 20;         // class Y(a), optimisation.md 5.1
    // What no swing explains, rms, may be so many hundredths of e and millionths of the load: the
    // second is for swings that are a little off their frequency.
    std::int64_t most_residual_hundredths = 150;
    std::int64_t most_residual_ppm = 6000;
};

struct InMotionWeight {
    std::optional<Milligrams> gross;  // rounded to e; none = refused
    std::string why;  // of a refusal: "too_few_samples", "overload", "below_minimum", "unsteady"
    Milligrams division;
};

class InMotionScale {
 public:
    // Rules with at least one range, rate and dwell above 0, and fewer swings than a quarter of the
    // samples; anything else is our own mistake.
    explicit InMotionScale(InMotionRules rules);

    // The samples of one crossing, first to last; more than a dwell of them: the last ones count.
    InMotionWeight weigh(const std::vector<Milligrams>& samples) const;
    std::size_t samples() const { return mean_.size(); }

 private:
    using Wave = std::vector<std::int64_t>;  // one value a sample, fixed point

    InMotionRules rules_;
    std::vector<Wave> basis_;  // the swings, each at right angles to those before
    Wave mean_;                // what remains of "always 1" without the swings
};

// Error limit of an automatic weighing of class Y(a): 1, 1.5 or 2 e (optimisation.md, 5.1).
Milligrams automatic_limit(Milligrams load, Milligrams division);

}  // namespace kemas::weighing
