// Weighs what runs over a scale beside the belt: whose each reading is by the line's positions, one
// weight when the parcel leaves the plate. Loop thread only. Knows no device and no order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/weighing/crossing.hpp"
#include "core/weighing/in_motion.hpp"
#include "runtime/line_runner.hpp"

namespace kemas::runtime {

class LineScale {
 public:
    // The runner's layout has a plate; it outlives this.
    LineScale(LineRunner& runner, weighing::InMotionRules rules, int longest_gap_ms);

    // At a time of the steady clock; in the order of time.
    void reading(std::int64_t at_us, Milligrams gross);
    // What is on the plate now gets no weight.
    void fault(const std::string& why);

 private:
    void look(std::int64_t at_us);
    void finish();

    LineRunner& runner_;
    weighing::InMotionRules rules_;
    weighing::InMotionScale scale_;
    int longest_gap_ms_;
    line::Number parcel_ = 0;  // on the plate; 0 = nobody
    std::vector<weighing::TimedReading> readings_;
    std::string spoiled_;  // why this parcel gets no weight
};

}  // namespace kemas::runtime
