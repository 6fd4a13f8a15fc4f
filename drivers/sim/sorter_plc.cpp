#include "drivers/sim/sorter_plc.hpp"

#include <algorithm>
#include <cmath>

namespace kemas::sim {
namespace {

constexpr double kFireWindow = 60;           // a body's tail is this near to where it is told
constexpr double kLengthWindow = 20;         // and this near to the length
constexpr std::int64_t kSafeAfterMs = 2000;  // without the host's heartbeat
constexpr std::size_t kMostWaiting = 32;

}  // namespace

SorterPlc::SorterPlc(const line::Layout& layout, Belt& belt)
    : full(layout.lanes.size()),
      down(layout.lanes.size()),
      fired(layout.lanes.size()),
      layout_(layout),
      belt_(belt),
      eye_zero_(layout.eyes.size()),
      lane_zero_(layout.lanes.size()),
      extra_(layout.eyes.size()),
      extra_edge_(layout.eyes.size()) {}

void SorterPlc::tick(Instant now) {
    now_ = now;
    if (now.value - host_heard_.value > kSafeAfterMs) safe_ = true;
    if (safe_) waiting_.clear();
    std::erase_if(waiting_, [&](const auto& one) {  // gone by without its body
        const double encoder = belt_.travel() - encoder_zero_;
        return encoder > one.target + kFireWindow + 1;
    });
}

void SorterPlc::take_beat(std::uint16_t value) {
    if (value == host_beat_) return;
    host_beat_ = value;
    host_heard_ = now_;
    safe_ = false;
}

void SorterPlc::take_divert(const DivertWords& words) {
    if (words.wire == ack_) return;  // a number it has seen is not done again
    ack_ = words.wire;
    const double encoder = belt_.travel() - encoder_zero_;
    if (words.target <= encoder)
        result_ = 2;
    else if (words.lane >= layout_.lanes.size())
        result_ = 3;
    else if (full[words.lane] || down[words.lane])
        result_ = 4;
    else if (jammed_)
        result_ = 5;
    else if (safe_)
        result_ = 6;
    else if (waiting_.size() >= kMostWaiting)
        result_ = 7;
    else
        result_ = 1;
    const bool possible = result_ == 1;
    echo_ = possible ? line::Echo::accepted : line::Echo::refused;
    if (possible) waiting_.push_back(words);
}

bool SorterPlc::fire(std::size_t lane, double edge, double length) {
    const double at = edge - encoder_zero_;
    const auto due = std::find_if(waiting_.begin(), waiting_.end(), [&](const auto& one) {
        return one.lane == lane && std::abs(at - one.target) <= kFireWindow &&
               (one.length == 0 || std::abs(length - one.length) <= kLengthWindow);
    });
    if (due == waiting_.end() || safe_ || jammed_) return false;
    fired[lane] = due->wire;
    waiting_.erase(due);
    return true;
}

void SorterPlc::restart() {
    ++boot_;
    ack_ = 0, echo_ = line::Echo::none, host_beat_ = 0, result_ = 0;
    safe_ = true, jammed_ = false, stuck_ = Stuck::nothing;
    encoder_zero_ = belt_.travel();
    eye_zero_ = belt_.eyes, lane_zero_ = belt_.lane_eyes;
    std::fill(extra_.begin(), extra_.end(), 0);
    std::fill(extra_edge_.begin(), extra_edge_.end(), std::nullopt);
    std::fill(fired.begin(), fired.end(), 0);
    waiting_.clear();
    started_ = now_;
}

void SorterPlc::stick(Stuck what, std::size_t which) {
    held_ = fresh();
    stuck_ = what;
    which_ = which;
}

void SorterPlc::count_double(std::size_t eye, bool latches) {
    ++extra_[eye];
    if (latches) extra_edge_[eye] = belt_.travel();
}

line::EyeReading SorterPlc::reading(const BeltEye& eye, const BeltEye& zero) const {
    line::EyeReading reading;
    const auto count = eye.count - zero.count;
    reading.count = static_cast<std::uint16_t>(count);
    const auto edge = count ? std::floor(eye.edge - encoder_zero_) : 0;
    reading.edge = static_cast<std::uint32_t>(static_cast<std::int64_t>(edge));
    reading.length = count ? std::lround(eye.length) : 0;
    return reading;
}

line::Polled SorterPlc::fresh() const {
    line::Polled now;
    now.at = now_;
    now.boot = boot_;
    now.heartbeat = static_cast<std::uint16_t>((now_.value - started_.value) / 500);
    now.encoder = static_cast<std::uint32_t>(
        static_cast<std::int64_t>(std::floor(belt_.travel() - encoder_zero_)));
    now.jammed = jammed_;
    now.stopped = jammed_;
    now.ack = ack_;
    now.echo = echo_;
    for (std::size_t i = 0; i < belt_.eyes.size(); ++i) {
        auto eye = reading(belt_.eyes[i], eye_zero_[i]);
        eye.count = static_cast<std::uint16_t>(eye.count + extra_[i]);
        if (extra_edge_[i] && *extra_edge_[i] > belt_.eyes[i].edge)
            eye.edge = static_cast<std::uint32_t>(
                static_cast<std::int64_t>(*extra_edge_[i] - encoder_zero_));
        eye.blocked = belt_.blocked(i);
        now.eyes.push_back(eye);
    }
    for (std::size_t i = 0; i < belt_.lane_eyes.size(); ++i)
        now.lanes.push_back({reading(belt_.lane_eyes[i], lane_zero_[i]), full[i], down[i]});
    return now;
}

line::Polled SorterPlc::look() const {
    auto now = fresh();
    switch (stuck_) {
        case Stuck::nothing:
            break;
        case Stuck::encoder:
            now.encoder = held_.encoder;
            break;
        case Stuck::eye_count:
            now.eyes[which_].count = held_.eyes[which_].count;
            break;
        case Stuck::eye_edge:
            now.eyes[which_].edge = held_.eyes[which_].edge;
            break;
        case Stuck::lane_count:
            now.lanes[which_].eye.count = held_.lanes[which_].eye.count;
            break;
        case Stuck::heartbeat:
            now.heartbeat = held_.heartbeat;
            break;
        case Stuck::ack:
            now.ack = held_.ack, now.echo = held_.echo;
            break;
    }
    return now;
}

}  // namespace kemas::sim
