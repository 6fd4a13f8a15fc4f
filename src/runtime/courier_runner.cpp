#include "runtime/courier_runner.hpp"

#include <algorithm>
#include <utility>

namespace kemas::runtime {
namespace {

constexpr Milliseconds kInboxFull{1'000};

std::string sentence(const CourierAnswer& answer) {
    return answer.field.empty() ? answer.why : answer.field + " " + answer.why;
}

}  // namespace

CourierRunner::CourierRunner(CourierRunnerOptions options) : options_(std::move(options)) {
    for (const auto& [name, link] : options_.couriers) {
        Line line;
        line.link = link;
        line.breaker = Breaker(link.breaker);
        line.since = options_.now();
        lines_.emplace(name, std::move(line));
    }
}

void CourierRunner::stop() {
    stopped_ = true;
    alive_.reset();
}

CourierRunner::Act* CourierRunner::find(EffectId id) {
    const auto it = acts_.find(id);
    return it == acts_.end() ? nullptr : &it->second;
}

CourierRunner::Line* CourierRunner::line_of(const Act& act) {
    const auto it = lines_.find(act.effect.device);
    return it == lines_.end() ? nullptr : &it->second;
}

void CourierRunner::take(std::vector<EffectRow> effects) {
    for (auto& effect : effects) {
        if (effect.kind != EffectKind::get_number && effect.kind != EffectKind::void_number)
            continue;
        Act act;
        act.step = effect.state == EffectState::planned ? Act::Step::start : Act::Step::look_up;
        act.due = options_.now();
        act.effect = std::move(effect);
        const auto id = act.effect.id;
        acts_.try_emplace(id, std::move(act));
    }
    tick();
}

// An act of a courier that the site no longer names stays where it is, and is shown.
void CourierRunner::tick() {
    if (stopped_) return;
    const auto now = options_.now();
    std::vector<EffectId> due;
    for (const auto& [id, act] : acts_)
        if (!act.busy && act.due <= now) due.push_back(id);
    for (const auto id : due) {
        auto* act = find(id);
        auto* line = act ? line_of(*act) : nullptr;
        if (!line || act->busy) continue;
        if (line->under_way >= line->link.at_once || !line->breaker.may_call(now)) continue;
        begin(*act, *line);
    }
}

// The place among the calls is taken before the start is recorded: a breaker that opens meanwhile
// lets what was begun go on.
void CourierRunner::begin(Act& act, Line& line) {
    act.busy = true;
    ++line.under_way;
    line.breaker.called();
    const auto id = act.effect.id;
    switch (act.step) {
        case Act::Step::start:
            return record_start(id);
        case Act::Step::look_up:
            return look_up(id);
        case Act::Step::revoke:
            return revoke(id);
    }
}

// Law 3: the start is durable before the first byte leaves.
void CourierRunner::record_start(EffectId id) {
    auto* act = find(id);
    Envelope envelope{
        "start:" + options_.epoch + ":" + to_text(id) + ":" + std::to_string(++reports_),
        act->effect.station, EffectStarted{id}};
    options_.submit(std::move(envelope),
                    [this, id, alive = std::weak_ptr<int>(alive_)](const Done& done) {
                        if (alive.lock()) on_started(id, done);
                    });
}

void CourierRunner::on_started(EffectId id, const Done& done) {
    auto* act = find(id);
    if (!act) return;
    if (done.answer.code == "effect_started") {
        if (act->effect.kind == EffectKind::void_number) return revoke(id);
        return act->effect.revision > 1 ? look_up(id) : create(id);
    }
    auto* line = line_of(*act);
    --line->under_way;
    line->breaker.let_go();
    if (done.answer.code == "busy") {
        act->busy = false;
        act->due = options_.now() + Instant{kInboxFull.value};
        return;
    }
    options_.show(act->effect.station, done.answer);
    acts_.erase(id);
}

void CourierRunner::create(EffectId id) {
    auto* act = find(id);
    act->step = Act::Step::look_up;  // whatever comes: from here on it is looked up
    options_.read(act->effect, [this, id, alive = std::weak_ptr<int>(alive_)](
                                   const std::optional<ShipmentAsk>& ask) {
        if (!alive.lock()) return;
        auto* asked = find(id);
        if (!ask || !asked) {
            CourierAnswer gone;
            gone.why = "the parcel is no longer in the books";
            gone.never_sent = true;
            return on_created(id, gone);
        }
        line_of(*asked)->link.courier->create(*ask, [this, id, alive](const CourierAnswer& answer) {
            if (alive.lock()) on_created(id, answer);
        });
    });
}

void CourierRunner::look_up(EffectId id) {
    auto* act = find(id);
    line_of(*act)->link.courier->find(
        act->effect.reference,
        [this, id, alive = std::weak_ptr<int>(alive_)](CourierAnswer answer) {
            if (alive.lock()) on_looked_up(id, std::move(answer));
        });
}

void CourierRunner::revoke(EffectId id) {
    auto* act = find(id);
    act->step = Act::Step::look_up;
    line_of(*act)->link.courier->cancel(
        act->effect.reference,
        [this, id, alive = std::weak_ptr<int>(alive_)](const CourierAnswer& answer) {
            if (alive.lock()) on_revoked(id, answer);
        });
}

// A courier that says no is well; one that says nothing, or nonsense, is not.
void CourierRunner::call_over(Line& line, const CourierAnswer& answer) {
    --line.under_way;
    const auto now = options_.now();
    const bool was_open = line.breaker.state() != Breaker::State::closed;
    if (answer.kind == CourierAnswer::Kind::unknown) {
        line.breaker.failed(now, answer.retry_after);
        line.error = sentence(answer);
    } else {
        line.breaker.succeeded();
        line.heard = now;
    }
    if (was_open != (line.breaker.state() != Breaker::State::closed)) line.since = now;
}

void CourierRunner::on_created(EffectId id, const CourierAnswer& answer) {
    auto* act = find(id);
    if (!act) return;
    call_over(*line_of(*act), answer);
    if (answer.kind == CourierAnswer::Kind::refused)
        return tell(id, NumberRefused{id, answer.field, answer.why});
    if (answer.kind == CourierAnswer::Kind::unknown)
        return tell(id, EffectEnded{id, answer.never_sent ? Outcome::failed : Outcome::unknown,
                                    sentence(answer)});
    check_made(id, answer.found);
}

// A courier may make two and tell of one: what it has under the reference is looked up at once.
void CourierRunner::check_made(EffectId id, std::vector<GivenNumber> made) {
    auto* act = find(id);
    auto* line = line_of(*act);
    act->made = std::move(made);
    ++line->under_way;
    line->breaker.called();
    look_up(id);
}

void CourierRunner::on_looked_up(EffectId id, CourierAnswer answer) {
    auto* act = find(id);
    if (!act) return;
    call_over(*line_of(*act), answer);
    auto made = std::exchange(act->made, {});
    if (answer.kind != CourierAnswer::Kind::answered) {
        if (!made.empty())
            return tell(id, EffectEnded{id, Outcome::unknown,
                                        "it was made; looked up: " + sentence(answer)});
        act->busy = false;
        return look_later(*act);
    }
    if (!made.empty() && answer.found.empty())  // it shows its numbers later
        return tell(id, NumberAnswered{id, false, std::move(made)});
    if (act->effect.kind == EffectKind::get_number)
        return tell(id, NumberAnswered{id, true, std::move(answer.found)});
    const bool alive = std::any_of(answer.found.begin(), answer.found.end(),
                                   [](const GivenNumber& given) { return !given.voided; });
    if (!alive) return tell(id, NumberVoided{id, Outcome::done, "void at the courier"});
    act->busy = false;
    act->step = Act::Step::revoke;  // to void again changes nothing that was voided
    look_later(*act);
}

void CourierRunner::on_revoked(EffectId id, const CourierAnswer& answer) {
    auto* act = find(id);
    if (!act) return;
    call_over(*line_of(*act), answer);
    if (answer.kind == CourierAnswer::Kind::refused)
        return tell(id, NumberVoided{id, Outcome::failed, answer.why});
    const bool voided = answer.kind == CourierAnswer::Kind::answered && !answer.found.empty() &&
                        answer.found.front().voided &&
                        answer.found.front().reference == act->effect.reference;
    if (voided)
        return tell(id, NumberVoided{id, Outcome::done,
                                     answer.refund.empty() ? "" : "refund: " + answer.refund});
    tell(id, EffectEnded{id, Outcome::unknown, sentence(answer)});
}

void CourierRunner::tell(EffectId id, Input input) {
    auto* act = find(id);
    Envelope envelope{
        "effect:" + options_.epoch + ":" + to_text(id) + ":" + std::to_string(++reports_),
        act->effect.station, input};
    options_.submit(std::move(envelope), [this, id, input = std::move(input),
                                          alive = std::weak_ptr<int>(alive_)](const Done& done) {
        if (alive.lock()) on_told(id, input, done);
    });
}

void CourierRunner::on_told(EffectId id, const Input& input, const Done& done) {
    auto* act = find(id);
    if (!act) return;
    const auto& code = done.answer.code;
    act->busy = false;
    if (code == "busy" || code == "number_not_there" || code == "number_unknown") {
        // The act is looked up again: what it would have told comes again with it.
        return look_later(*act);
    }
    if (code == "number_ask_again") {
        // At once, whatever the breaker says by now: the books count from here on.
        auto* line = line_of(*act);
        act->busy = true;
        ++line->under_way;
        line->breaker.called();
        return create(id);
    }
    if (std::holds_alternative<EffectEnded>(input)) return look_later(*act);
    options_.show(act->effect.station, done.answer);
    acts_.erase(id);
    tick();
}

void CourierRunner::look_later(Act& act) {
    const auto wait =
        std::min(options_.look_most.value, options_.look_first.value << std::min(act.looked, 16));
    ++act.looked;
    act.due = options_.now() + Instant{wait};
}

std::vector<CourierLive> CourierRunner::live() const {
    std::vector<CourierLive> all;
    for (const auto& [name, line] : lines_) {
        CourierLive live{name,
                         line.breaker.state(),
                         line.breaker.until(),
                         line.heard,
                         line.error,
                         0,
                         static_cast<std::size_t>(line.under_way),
                         line.link.deadline};
        for (const auto& [id, act] : acts_)
            if (act.effect.device == name) ++live.waiting;
        all.push_back(std::move(live));
    }
    return all;
}

std::vector<DeviceHealth> CourierRunner::health() const {
    std::vector<DeviceHealth> all;
    for (const auto& [name, line] : lines_) {
        const bool up = line.breaker.state() == Breaker::State::closed;
        DeviceHealth health;
        health.name = name;
        health.kind = "courier";
        health.up = up;
        health.state = up ? "ready" : "unreachable";
        health.error = line.error;
        health.since = line.since;
        health.heard = line.heard;
        all.push_back(std::move(health));
    }
    return all;
}

Instant CourierRunner::next_due() const {
    Instant first;
    for (const auto& [id, act] : acts_) {
        const auto at = lines_.find(act.effect.device);
        if (act.busy || at == lines_.end()) continue;
        const auto& line = at->second;
        if (line.breaker.is_probing() || line.under_way >= line.link.at_once) continue;
        auto due = act.due;
        if (line.breaker.state() != Breaker::State::closed)
            due = std::max(due, line.breaker.until());
        if (!first.value || due < first) first = due;
    }
    return first;
}

}  // namespace kemas::runtime
