#include "runtime/line_scale.hpp"

#include <utility>

#include "core/line/plate.hpp"

namespace kemas::runtime {

LineScale::LineScale(LineRunner& runner, weighing::InMotionRules rules, int longest_gap_ms)
    : runner_(runner), rules_(rules), scale_(std::move(rules)), longest_gap_ms_(longest_gap_ms) {}

void LineScale::look(std::int64_t at_us) {
    const auto& layout = runner_.layout();
    const auto now = line::alone_on_plate(layout, runner_.state(), Instant{at_us / 1000});
    const bool other = now && now != parcel_;
    if (parcel_ && (other || line::has_left_plate(layout, runner_.state(), parcel_))) finish();
    if (!parcel_) parcel_ = now;
}

void LineScale::reading(std::int64_t at_us, Milligrams gross) {
    look(at_us);
    const auto now = line::alone_on_plate(runner_.layout(), runner_.state(), Instant{at_us / 1000});
    if (now && now == parcel_) readings_.push_back({at_us, gross});
}

void LineScale::fault(const std::string& why) {
    readings_.clear();
    if (parcel_) spoiled_ = why;
}

void LineScale::finish() {
    const auto parcel = std::exchange(parcel_, 0);
    const auto readings = std::exchange(readings_, {});
    const auto spoiled = std::exchange(spoiled_, "");
    if (!spoiled.empty()) return runner_.weighed(std::nullopt, "scale_fault: " + spoiled, parcel);
    const auto weight = scale_.weigh(weighing::evened(readings, rules_.rate_hz, longest_gap_ms_));
    runner_.weighed(weight.gross, weight.why, parcel);
}

}  // namespace kemas::runtime
