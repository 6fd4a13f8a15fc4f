#include "drivers/sim/belt.hpp"

#include <algorithm>
#include <utility>

namespace kemas::sim {
namespace {

constexpr double kTouching = 5;  // an eye does not see a gap below this

}  // namespace

Belt::Belt(const line::Layout& layout, Pusher pusher, Landed landed)
    : eyes(layout.eyes.size()),
      lane_eyes(layout.lanes.size()),
      layout_(layout),
      pusher_(std::move(pusher)),
      landed_(std::move(landed)),
      eye_runs_(layout.eyes.size()),
      divert_runs_(layout.lanes.size()) {}

void Belt::advance(double pulses) {
    travel_ += pulses;
    for (std::size_t i = 0; i < bodies_.size();) {
        pass_eyes(i);
        if (bodies_[i].next_eye == layout_.eyes.size()) {
            landed_(bodies_[i].id, layout_.lanes.size());
            bodies_.erase(bodies_.begin() + static_cast<std::ptrdiff_t>(i));
            continue;
        }
        if (!pass_diverts(i)) ++i;
    }
    while (!falling_.empty() && falling_.front().seen_at <= travel_) {
        const auto one = falling_.front();
        falling_.pop_front();
        auto& eye = lane_eyes[one.lane];
        ++eye.count, eye.edge = one.seen_at, eye.length = one.length;
        landed_(one.id, one.lane);
    }
}

// Touching bodies show one edge: the tail of the last of them.
bool Belt::tail_is_seen(std::size_t index, Run& run, double& length) {
    const auto& body = bodies_[index];
    if (run.bodies.empty()) run.head = body.zero - body.length;
    run.bodies.push_back(body.id);
    const bool last = index + 1 == bodies_.size();
    if (!last && bodies_[index + 1].zero - bodies_[index + 1].length - body.zero < kTouching)
        return false;
    length = body.zero - run.head;
    return true;
}

void Belt::pass_eyes(std::size_t index) {
    auto& body = bodies_[index];
    while (body.next_eye < layout_.eyes.size()) {
        const auto place = static_cast<double>(layout_.eyes[body.next_eye].at.value);
        if (travel_ - body.zero < place) return;
        auto& run = eye_runs_[body.next_eye];
        auto& eye = eyes[body.next_eye++];
        double length = 0;
        if (!tail_is_seen(index, run, length)) continue;
        run.bodies.clear();
        ++eye.count, eye.edge = body.zero + place, eye.length = length;
    }
}

// True when it took the body (and those that touch it) off the belt.
bool Belt::pass_diverts(std::size_t index) {
    auto& body = bodies_[index];
    while (body.next_divert < layout_.lanes.size()) {
        const auto lane = body.next_divert;
        const auto place = static_cast<double>(layout_.lanes[lane].divert_at.value);
        if (travel_ - body.zero < place) return false;
        ++body.next_divert;
        double length = 0;
        auto& run = divert_runs_[lane];
        if (!tail_is_seen(index, run, length)) continue;
        const auto pushed = std::exchange(run.bodies, {});
        const auto edge = body.zero + place;
        if (!pusher_(lane, edge, length)) continue;
        const auto seen_at = edge + static_cast<double>(layout_.lanes[lane].seen_after.value);
        const auto place_in_line =
            std::find_if(falling_.begin(), falling_.end(),
                         [&](const auto& one) { return one.seen_at > seen_at; });
        std::deque<Falling> these;
        for (const auto id : pushed)
            if (find(id)) these.push_back({id, lane, seen_at, length});
        falling_.insert(place_in_line, these.begin(), these.end());
        for (const auto id : pushed) remove(id);
        return true;
    }
    return false;
}

bool Belt::put(BodyId id, double at, double length) {
    const double zero = travel_ - at;
    const auto place = std::find_if(bodies_.begin(), bodies_.end(),
                                    [&](const auto& one) { return one.zero > zero; });
    if (place != bodies_.end() && place->zero - place->length < zero + kTouching) return false;
    if (place != bodies_.begin() && std::prev(place)->zero > zero - length - kTouching)
        return false;
    Body body{id, zero, length, 0, 0};
    while (body.next_eye < layout_.eyes.size() &&
           at >= static_cast<double>(layout_.eyes[body.next_eye].at.value))
        ++body.next_eye;
    while (body.next_divert < layout_.lanes.size() &&
           at >= static_cast<double>(layout_.lanes[body.next_divert].divert_at.value))
        ++body.next_divert;
    if (body.next_eye == layout_.eyes.size()) return false;
    bodies_.insert(place, body);
    return true;
}

bool Belt::remove(BodyId id) {
    return std::erase_if(bodies_, [&](const auto& one) { return one.id == id; }) > 0;
}

void Belt::slip(BodyId id, double distance) {
    const auto first =
        std::find_if(bodies_.begin(), bodies_.end(), [&](const auto& one) { return one.id == id; });
    if (first == bodies_.end()) return;
    first->zero += distance;
    for (auto one = first; std::next(one) != bodies_.end(); ++one) {
        const auto behind = std::next(one);
        const double overlap = one->zero - (behind->zero - behind->length);
        if (overlap <= 0) break;
        behind->zero += overlap;
    }
}

const Body* Belt::find(BodyId id) const {
    for (const auto& one : bodies_)
        if (one.id == id) return &one;
    return nullptr;
}

bool Belt::blocked(std::size_t eye) const {
    const auto place = static_cast<double>(layout_.eyes[eye].at.value);
    for (const auto& one : bodies_) {
        const double tail = travel_ - one.zero;
        if (tail < place && tail + one.length >= place) return true;
    }
    return false;
}

}  // namespace kemas::sim
