#include "drivers/scale/settle_watch.hpp"

#include <chrono>
#include <utility>

namespace kemas::scale {
namespace {

using std::chrono::milliseconds;

Instant utc_now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<milliseconds>(since).count()};
}
// The filter's time never runs backwards, whatever happens to the wall clock.
Instant steady(SettleWatch::Moment at) {
    return {std::chrono::duration_cast<milliseconds>(at.time_since_epoch()).count()};
}

}  // namespace

SettleWatch::SettleWatch(SettleRules rules, Log log)
    : rules_(std::move(rules)), log_(std::move(log)) {
    health_.name = rules_.name;
    health_.kind = "scale";
    health_.state = "stopped";
    health_.since = utc_now();
}

void SettleWatch::start(OnScaleEvent on_event) {
    on_event_ = std::move(on_event);
    health_.state = "connecting";
}

void SettleWatch::stop() {
    stopped_ = true;
    on_event_ = nullptr;
    log_ = nullptr;
    health_.state = "stopped";
    if (std::exchange(health_.up, false)) health_.since = utc_now();
}

void SettleWatch::set_health(bool up, const std::string& state, const std::string& detail) {
    const bool changed = health_.up != up || health_.state != state;
    if (health_.up != up) health_.since = utc_now();
    health_.up = up;
    health_.state = state;
    if (!up) health_.error = detail;
    if (changed && log_) log_(up ? "scale.up" : "scale.down", rules_.name + ": " + detail);
}

void SettleWatch::emit(ScaleEvent event) {
    const OnScaleEvent call = on_event_;  // a stop() from inside clears the member
    if (!stopped_ && call) call(std::move(event));
}

void SettleWatch::fault(const std::string& state, const std::string& why) {
    if (stopped_) return;
    filter_.reset();
    earlier_ = settlings_;
    last_ = ScaleReading();
    last_.fault = state;
    last_.why = why;
    read_at_ = std::chrono::steady_clock::now();
    set_health(false, state, why);
    if (std::exchange(told_, why) != why) emit(ScaleFaulted{why});
}

void SettleWatch::take(const ScaleReading& reading, const std::string& raw,
                       const std::string& from) {
    const auto as_it_is = [&raw] { return raw; };
    take(reading, as_it_is, from, std::chrono::steady_clock::now());
}

void SettleWatch::take(const ScaleReading& reading, const Raw& raw, const std::string& from,
                       Moment read_at) {
    if (stopped_) return;
    health_.heard = utc_now();
    if (!reading.fault.empty()) return fault(reading.fault, reading.why);
    if (filter_ && division_ != reading.division)
        fault("division", "the scale's division has changed: take the goods off and weigh again");
    if (stopped_) return;
    if (!filter_) {
        division_ = reading.division;
        weighing::StabilityRules rules;
        rules.division = division_;
        rules.min_readings = rules_.min_readings;
        rules.min_span = rules_.min_span;
        rules.max_age = {3'600'000};  // silence is the driver's to judge
        filter_.emplace(rules);
    }
    if (!health_.up || !told_.empty()) set_health(true, "ready", "readings of " + from);
    told_.clear();
    last_ = reading;
    read_at_ = read_at;
    weighing::Reading next;
    next.at = steady(read_at);
    next.gross = reading.gross;
    next.device_stable = reading.stable;
    const auto events = filter_->take(next);
    if (events.empty()) return;
    const std::string meaning = raw() + " = " + std::to_string(reading.gross.value) + " mg";
    for (const weighing::Event& event : events) pass_on(event, meaning);
}

ScaleNow SettleWatch::now() const {
    ScaleNow result;
    const auto age = std::chrono::steady_clock::now() - read_at_;
    result.age = {std::chrono::duration_cast<milliseconds>(age).count()};
    if (filter_) {
        result.quality = last_.stable ? ScaleNow::Quality::good : ScaleNow::Quality::moving;
        result.gross = last_.gross;
        result.division = last_.division;
    } else {
        result.why = last_.why.empty() ? "nothing read yet" : last_.why;
    }
    return result;
}

void SettleWatch::pass_on(const weighing::Event& event, const std::string& raw) {
    if (const auto* settled = std::get_if<weighing::Settled>(&event)) {
        settlings_ = earlier_ + settled->n;
        emit(ScaleSettled{settlings_, settled->gross, division_, raw});
    } else if (const auto* disturbed = std::get_if<weighing::Disturbed>(&event)) {
        emit(ScaleDisturbed{earlier_ + disturbed->n});
    } else if (const auto* faulted = std::get_if<weighing::Faulted>(&event)) {
        fault("fault", faulted->why);
    }
}

}  // namespace kemas::scale
