#include "drivers/sim/weigh_signal.hpp"

namespace kemas::sim {

Milligrams division_at(Milligrams load) {
    return load <= grams(6000) ? grams(5) : grams(10);
}

std::vector<Milligrams> crossing(const WeighSignal& signal, Milligrams load, Chance& chance) {
    const double two_pi = 2 * std::numbers::pi, weight = static_cast<double>(load.value);
    const double off = 1 + chance.between(-signal.detune, signal.detune);
    std::vector<double> phases;
    for (std::size_t i = 0; i <= signal.ringing_hz.size(); ++i)
        phases.push_back(chance.between(0, two_pi));
    const double noise = signal.noise_divisions * static_cast<double>(division_at(load).value);
    std::vector<Milligrams> samples;
    for (int k = 0; k < signal.rate_hz * signal.dwell_ms / 1000; ++k) {
        const double t = static_cast<double>(k) / signal.rate_hz;
        double swing = 0;
        for (std::size_t i = 0; i < signal.ringing_hz.size(); ++i)
            swing += std::sin(two_pi * signal.ringing_hz[i] * off * t + phases[i]);
        swing *= signal.ringing_share * std::exp(-t / signal.ringing_decay_s);
        swing += signal.tone_share * std::sin(two_pi * signal.tone_hz * off * t + phases.back());
        samples.push_back({std::llround(weight * (1 + swing) + noise * chance.normal())});
    }
    return samples;
}

}  // namespace kemas::sim
