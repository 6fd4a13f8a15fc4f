#include "core/weighing/stability.hpp"

#include <algorithm>
#include <utility>

#include "core/assert.hpp"

namespace kemas::weighing {

StabilityFilter::StabilityFilter(StabilityRules rules) : rules_(rules) {
    KEMAS_ASSERT(rules.division > Milligrams{0} && rules.min_readings > 0);
}

std::vector<Event> StabilityFilter::take(const Reading& reading) {
    if (newest_ && reading.at < *newest_) return {};
    auto events = tick(reading.at);
    newest_ = reading.at;
    if (!reading.valid) {
        raise(reading.why.empty() ? "invalid reading" : reading.why, events);
        return events;
    }
    fault_.clear();

    if (settled_) {
        const bool unloaded = reading.gross < rules_.division * rules_.min_load_divisions;
        const bool other =
            (reading.gross - *settled_).abs() > rules_.division * rules_.change_divisions;
        if (!unloaded && !other) return events;
        settled_.reset();
        events.push_back(Disturbed{settlings_});
    }
    remember(reading);
    if (at_rest()) {
        settled_ = reading.gross;
        recent_.clear();
        events.push_back(Settled{++settlings_, reading.gross});
    }
    return events;
}

std::vector<Event> StabilityFilter::tick(Instant now) {
    std::vector<Event> events;
    if (!newest_) newest_ = now;  // silence counts from the first look
    if (now.value - newest_->value > rules_.max_age.value) raise("silent", events);
    return events;
}

void StabilityFilter::raise(std::string why, std::vector<Event>& events) {
    recent_.clear();
    settled_.reset();
    if (fault_ == why) return;
    fault_ = why;
    events.push_back(Faulted{std::move(why)});
}

void StabilityFilter::remember(const Reading& reading) {
    if (!reading.device_stable) return recent_.clear();
    recent_.push_back(reading);
    const auto span = [&](std::size_t from) {
        return recent_.back().at.value - recent_[from].at.value;
    };
    const auto within_division = [&] {
        const auto [low, high] =
            std::minmax_element(recent_.begin(), recent_.end(),
                                [](const auto& a, const auto& b) { return a.gross < b.gross; });
        return high->gross - low->gross <= rules_.division;
    };
    while (!within_division()) recent_.pop_front();
    while (recent_.size() > rules_.min_readings && span(1) >= rules_.min_span.value) {
        recent_.pop_front();
    }
}

bool StabilityFilter::at_rest() const {
    return recent_.size() >= rules_.min_readings &&
           recent_.back().at.value - recent_.front().at.value >= rules_.min_span.value &&
           recent_.back().gross >= rules_.division * rules_.min_load_divisions;
}

}  // namespace kemas::weighing
