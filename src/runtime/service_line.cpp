#include "runtime/service_line.hpp"

#include <algorithm>
#include <utility>

namespace kemas::runtime {
namespace {

constexpr Milliseconds kLimited{1'000};
constexpr std::int64_t kWindow_ms = 1'000;

}  // namespace

ServiceLine::ServiceLine(ServiceLimits limits, Instant now)
    : limits_(limits), breaker_(limits.breaker), since_(now) {}

bool ServiceLine::may_call(Instant now) const {
    if (under_way_ >= limits_.at_once || now < not_before_) return false;
    const bool full = limits_.rate_per_s > 0 && now.value - window_.value < kWindow_ms &&
                      begun_ >= limits_.rate_per_s;
    return !full && breaker_.may_call(now);
}

void ServiceLine::take_place(Instant now) {
    if (now.value - window_.value >= kWindow_ms) {
        window_ = now;
        begun_ = 0;
    }
    ++begun_;
    ++under_way_;
    breaker_.called();
}

void ServiceLine::give_back() {
    --under_way_;
    breaker_.let_go();
}

// A service that says no, later or not so often is well; one that says nothing, or nonsense, is
// not.
void ServiceLine::call_over(const CallEnd& end, Instant now) {
    --under_way_;
    const bool was_open = breaker_.state() != Breaker::State::closed;
    if (end.unknown) {
        breaker_.failed(now, end.retry_after);
        error_ = end.error;
    } else {
        breaker_.succeeded();
        heard_ = now;
    }
    if (end.limited) {
        not_before_ = now + Instant{std::max(end.retry_after.value, kLimited.value)};
        error_ = "it wants fewer calls";
    }
    if (was_open != (breaker_.state() != Breaker::State::closed)) since_ = now;
}

std::optional<Instant> ServiceLine::earliest(Instant due) const {
    if (breaker_.is_probing() || under_way_ >= limits_.at_once) return std::nullopt;
    if (breaker_.state() != Breaker::State::closed) due = std::max(due, breaker_.until());
    due = std::max(due, not_before_);
    if (limits_.rate_per_s > 0 && begun_ >= limits_.rate_per_s)
        due = std::max(due, window_ + Instant{kWindow_ms});
    return due;
}

ServiceLive ServiceLine::live(std::string name, std::size_t waiting) const {
    return {std::move(name),
            breaker_.state(),
            breaker_.until(),
            heard_,
            error_,
            waiting,
            static_cast<std::size_t>(under_way_),
            limits_.deadline};
}

DeviceHealth ServiceLine::health(std::string name, std::string kind) const {
    const bool up = breaker_.state() == Breaker::State::closed;
    DeviceHealth health;
    health.name = std::move(name);
    health.kind = std::move(kind);
    health.up = up;
    health.state = up ? "ready" : "unreachable";
    health.error = error_;
    health.since = since_;
    health.heard = heard_;
    return health;
}

std::string sentence_of(const std::string& field, const std::string& why) {
    return field.empty() ? why : field + " " + why;
}

}  // namespace kemas::runtime
