// What an in-motion scale sends while a parcel runs over it: the load, a ringing that dies away,
// the belt's tone and noise. Every figure is a setting, every chance comes from a seed.
#pragma once

#include <cstdint>
#include <vector>

#include "core/quantities.hpp"
#include "drivers/sim/chance.hpp"

namespace kemas::sim {

struct WeighSignal {
    int rate_hz = 400;
    int dwell_ms = 500;
    std::vector<double> ringing_hz{12, 24};
    double ringing_share = 0.08;  // of the load, each, at the start
    double ringing_decay_s = 0.150;
    double tone_hz = 5, tone_share = 0.004;
    double noise_divisions = 0.3;  // rms, white
    double detune = 0;             // all frequencies are off by up to this share
};

// The division of the scale at this load: 5 g to 6 kg, 10 g above.
Milligrams division_at(Milligrams load);

// One crossing; the phases are chance.
std::vector<Milligrams> crossing(const WeighSignal& signal, Milligrams load, Chance& chance);

}  // namespace kemas::sim
