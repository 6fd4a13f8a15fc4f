// What lies on a pan and how its weight swings until it rests. Pure: the caller brings the time.
#pragma once

#include <cstdint>

#include "core/quantities.hpp"

namespace kemas::sim {

struct PanReading {
    std::int64_t weight_g = 0;  // rounded to the division
    bool stable = false;
    bool overload = false;
    std::uint16_t heartbeat = 0;  // +1 with every update of the weight
};

class LoadModel {
 public:
    struct Options {
        Milligrams division = grams(1);
        Milligrams maximum = grams(30'000);
        Milliseconds settle{400};     // time from a change to rest
        Milliseconds update{10};      // the weight is measured anew this often
        Milligrams noise = grams(3);  // largest noise while it swings
        std::uint64_t seed = 1;
    };
    explicit LoadModel(Options options) : options_(options) {}

    void put(Milligrams gross, Instant now);
    void remove(Instant now) { put({0}, now); }
    PanReading read(Instant now) const;
    Milligrams division() const { return options_.division; }

 private:
    Options options_;
    Milligrams before_, load_;
    Instant changed_at_;
};

}  // namespace kemas::sim
