#include "runtime/parcel_watch.hpp"

#include <algorithm>
#include <utility>

namespace kemas::runtime {
namespace {

constexpr Milliseconds kReadMost{60'000};   // between two reads of the books
constexpr Milliseconds kTroubled{600'000};  // between two looks at a number that is not well
constexpr Breaker::Limits kBreaker{5, {60'000}, {900'000}};
constexpr int kAllChecks = 2;

std::string shown_numbers(const std::vector<GivenNumber>& found) {
    std::vector<std::string> live;
    for (const auto& given : found)
        if (!given.voided) live.push_back(given.number);
    std::ranges::sort(live);
    std::string all;
    for (const auto& number : live) all += number + " ";
    return all;
}

}  // namespace

std::optional<ParcelTracked> newest_of(const std::string& reference,
                                       const std::vector<TrackingEvent>& events, Instant now) {
    std::optional<ParcelTracked> newest;
    for (const auto& event : events) {
        const auto status = tracked_of(event.status);
        if (!status || event.at > now + Instant{kCourierClockAhead.value}) continue;
        if (newest && event.at < newest->at) continue;
        newest = ParcelTracked{reference, *status, event.at, event.place};
    }
    return newest;
}

ParcelWatch::ParcelWatch(ParcelWatchOptions options)
    : options_(std::move(options)), reports_(options_.submit, options_.epoch) {
    for (const auto& [name, with] : options_.couriers) {
        Line line;
        line.with = with;
        line.breaker = Breaker(kBreaker);
        line.read_due = options_.now();
        lines_.emplace(name, std::move(line));
    }
}

bool ParcelWatch::number_is_due(const Line& line, const FollowedParcel& parcel) const {
    const auto now = options_.now();
    if (parcel.checks < kAllChecks) {
        const auto after = line.with.horizon.value * (parcel.checks == 0 ? 1 : 10);
        return (now - parcel.given_at).value >= after;
    }
    if (!parcel.in_trouble) return false;
    const auto seen = line.seen.find(parcel.reference);
    return seen == line.seen.end() || (now - seen->second.looked).value >= kTroubled.value;
}

bool ParcelWatch::is_due(const Line& line, const FollowedParcel& parcel) const {
    if (number_is_due(line, parcel)) return true;
    if (!line.with.every.value || !parcel.left_at.value) return false;
    const auto seen = line.seen.find(parcel.reference);
    return seen == line.seen.end() ||
           (options_.now() - seen->second.asked).value >= line.with.every.value;
}

void ParcelWatch::tick() {
    if (reports_.stopped()) return;
    const auto now = options_.now();
    for (auto& [name, line] : lines_) {
        if (line.queue.empty() && !line.reading && line.read_due <= now) read(name, line);
        if (!line.queue.empty() && !line.calling && line.call_due <= now &&
            line.breaker.may_call(now) && line.with.calls->may_call_aside(now))
            ask(name, line);
    }
}

void ParcelWatch::read(const std::string& name, Line& line) {
    line.reading = true;
    const Instant since{options_.now().value - line.with.longest.value};
    options_.read(name, since, reports_.guarded([this, name](std::vector<FollowedParcel> parcels) {
        on_parcels(name, std::move(parcels));
    }));
}

// What is no longer listed is over: it is forgotten.
void ParcelWatch::on_parcels(const std::string& name, std::vector<FollowedParcel> parcels) {
    auto& line = lines_.at(name);
    line.reading = false;
    const auto pause =
        line.with.every.value ? std::min(kReadMost.value, line.with.every.value) : kReadMost.value;
    line.read_due = options_.now() + Instant{pause};
    line.following = parcels.size();
    std::map<std::string, Seen> seen;
    for (auto& parcel : parcels) {
        if (const auto known = line.seen.find(parcel.reference); known != line.seen.end())
            seen.insert(*known);
        if (is_due(line, parcel)) line.queue.push_back(std::move(parcel));
    }
    line.seen = std::move(seen);
    std::ranges::stable_sort(line.queue, {}, [&](const FollowedParcel& parcel) {
        const auto known = line.seen.find(parcel.reference);
        return known == line.seen.end() ? Instant{} : known->second.asked;
    });
}

void ParcelWatch::ask(const std::string& name, Line& line) {
    const auto parcel = line.queue.front();
    line.queue.pop_front();
    const auto now = options_.now();
    line.call_due = now + Instant{60'000 / line.with.per_minute};
    line.calling = true;
    line.asked = now;
    line.breaker.called();
    line.with.calls->take_place(now);
    auto& seen = line.seen[parcel.reference];
    if (number_is_due(line, parcel)) {
        seen.looked = now;
        return look(name, parcel);
    }
    seen.asked = now;
    track(name, parcel);
}

void ParcelWatch::look(const std::string& name, const FollowedParcel& parcel) {
    lines_.at(name).with.courier->find(
        parcel.reference, reports_.guarded([this, name, parcel](const CourierAnswer& answer) {
            on_found(name, parcel, answer);
        }));
}

void ParcelWatch::track(const std::string& name, const FollowedParcel& parcel) {
    lines_.at(name).with.courier->track(
        parcel.reference,
        reports_.guarded([this, name, parcel](const Result<std::vector<TrackingEvent>>& events) {
            on_events(name, parcel, events);
        }));
}

void ParcelWatch::over(Line& line, const std::string& error) {
    line.calling = false;
    line.with.calls->aside_over();
    line.error = error;
    if (error.empty()) return line.breaker.succeeded();
    line.breaker.failed(options_.now());
}

// While its trouble is known already, the books are told only what they have not heard.
void ParcelWatch::on_found(const std::string& name, const FollowedParcel& parcel,
                           const CourierAnswer& answer) {
    auto& line = lines_.at(name);
    if (answer.kind != CourierAnswer::Kind::answered)
        return over(line, sentence_of(answer.field, answer.why));
    over(line, "");
    auto shown = shown_numbers(answer.found);
    auto& seen = line.seen[parcel.reference];
    if (parcel.checks >= kAllChecks && seen.shown == shown) return;
    seen.shown = std::move(shown);
    reports_.tell("look:" + parcel.reference, "", NumberChecked{{}, parcel.reference, answer.found},
                  [this, name, parcel](const Done& done) {
                      if (done.answer.code == "busy")
                          lines_.at(name).seen[parcel.reference] = Seen{};
                  });
}

void ParcelWatch::on_events(const std::string& name, const FollowedParcel& parcel,
                            const Result<std::vector<TrackingEvent>>& events) {
    auto& line = lines_.at(name);
    if (!events) return over(line, events.error().what);
    over(line, "");
    const auto newest = newest_of(parcel.reference, *events, options_.now());
    if (!newest || newest->status == parcel.tracked || newest->at < parcel.tracked_at) return;
    reports_.tell("tracked:" + parcel.reference, "", *newest,
                  [this, name, parcel](const Done& done) {
                      if (done.answer.code == "busy") lines_.at(name).seen.erase(parcel.reference);
                  });
}

std::vector<WatchLive> ParcelWatch::live() const {
    std::vector<WatchLive> all;
    for (const auto& [name, line] : lines_)
        all.push_back({name, line.with.every, line.following, line.asked, line.error});
    return all;
}

Instant ParcelWatch::next_due() const {
    Instant first;
    const auto sooner = [&](Instant due) {
        if (!first.value || due < first) first = due;
    };
    for (const auto& [name, line] : lines_) {
        if (line.queue.empty()) {
            if (!line.reading) sooner(line.read_due);
            continue;
        }
        if (line.calling) continue;
        auto due = line.call_due;
        if (line.breaker.state() != Breaker::State::closed)
            due = std::max(due, line.breaker.until());
        if (const auto may = line.with.calls->earliest(due)) sooner(*may);
    }
    return first;
}

}  // namespace kemas::runtime
