#include "runtime/courier_runner.hpp"

#include <algorithm>
#include <utility>

namespace kemas::runtime {
namespace {

constexpr Milliseconds kInboxFull{1'000};

bool is_courier_act(EffectKind kind) {
    return kind == EffectKind::get_number || kind == EffectKind::void_number ||
           kind == EffectKind::void_extra;
}

std::string sentence(const CourierAnswer& answer) {
    return sentence_of(answer.field, answer.why);
}

}  // namespace

CourierRunner::CourierRunner(CourierRunnerOptions options)
    : options_(std::move(options)), reports_(options_.submit, options_.epoch) {
    for (const auto& [name, link] : options_.couriers)
        lines_.emplace(name, Line{link.courier, ServiceLine(link.limits, options_.now())});
}

void CourierRunner::take(std::vector<EffectRow> effects) {
    for (auto& effect : effects) {
        if (!is_courier_act(effect.kind)) continue;
        Act act;
        act.step = effect.state == EffectState::planned ? Act::Step::start : Act::Step::look_up;
        act.due = options_.now();
        act.effect = std::move(effect);
        acts_.add(std::move(act));
    }
    tick();
}

void CourierRunner::tick() {
    if (reports_.stopped()) return;
    begin_due(lines_, acts_, options_.now(), [this](const Act& act) { begin(act); });
}

void CourierRunner::begin(const Act& act) {
    const auto id = act.effect.id;
    switch (act.step) {
        case Act::Step::start:  // law 3: durable before the first byte leaves
            return reports_.start(id, act.effect.station,
                                  [this, id](const Done& done) { on_started(id, done); });
        case Act::Step::look_up:
            return look_up(id);
        case Act::Step::revoke:
            return revoke(id);
    }
}

void CourierRunner::on_started(EffectId id, const Done& done) {
    auto* act = acts_.find(id);
    if (!act) return;
    if (done.answer.code == "effect_started") {
        if (act->effect.kind != EffectKind::get_number) return revoke(id);
        return act->effect.revision > 1 ? look_up(id) : create(id);
    }
    line_of(lines_, *act)->calls.give_back();
    if (done.answer.code == "busy") {
        act->busy = false;
        act->due = options_.now() + Instant{kInboxFull.value};
        return;
    }
    options_.show(act->effect.station, done.answer);
    acts_.erase(id);
}

void CourierRunner::create(EffectId id) {
    auto* act = acts_.find(id);
    act->step = Act::Step::look_up;  // whatever comes: from here on it is looked up
    options_.read(act->effect, reports_.guarded([this, id](const std::optional<ShipmentAsk>& ask) {
        on_asked(id, ask);
    }));
}

void CourierRunner::on_asked(EffectId id, const std::optional<ShipmentAsk>& ask) {
    auto* act = acts_.find(id);
    if (!ask || !act) {
        CourierAnswer gone;
        gone.why = "the parcel is no longer in the books";
        gone.never_sent = true;
        return on_created(id, gone);
    }
    line_of(lines_, *act)
        ->courier->create(*ask, reports_.guarded([this, id](const CourierAnswer& answer) {
            on_created(id, answer);
        }));
}

void CourierRunner::look_up(EffectId id) {
    auto* act = acts_.find(id);
    line_of(lines_, *act)
        ->courier->find(act->effect.reference, reports_.guarded([this, id](CourierAnswer answer) {
            on_looked_up(id, std::move(answer));
        }));
}

void CourierRunner::revoke(EffectId id) {
    auto* act = acts_.find(id);
    act->step = Act::Step::look_up;
    const auto& effect = act->effect;
    auto on_answer =
        reports_.guarded([this, id](const CourierAnswer& answer) { on_revoked(id, answer); });
    auto* courier = line_of(lines_, *act)->courier;
    if (effect.kind == EffectKind::void_extra)
        return courier->cancel_one(effect.reference, effect.about, std::move(on_answer));
    courier->cancel(effect.reference, std::move(on_answer));
}

void CourierRunner::call_over(Line& line, const CourierAnswer& answer) {
    const bool unknown = answer.kind == CourierAnswer::Kind::unknown;
    line.calls.call_over({unknown, false, unknown ? sentence(answer) : "", answer.retry_after},
                         options_.now());
}

void CourierRunner::on_created(EffectId id, const CourierAnswer& answer) {
    auto* act = acts_.find(id);
    if (!act) return;
    call_over(*line_of(lines_, *act), answer);
    if (answer.kind == CourierAnswer::Kind::refused)
        return tell(id, NumberRefused{id, answer.field, answer.why});
    if (answer.kind == CourierAnswer::Kind::unknown)
        return tell(id, EffectEnded{id, answer.never_sent ? Outcome::failed : Outcome::unknown,
                                    sentence(answer)});
    check_made(id, answer.found);
}

// A courier may make two and tell of one: what it has under the reference is looked up at once.
void CourierRunner::check_made(EffectId id, std::vector<GivenNumber> made) {
    auto* act = acts_.find(id);
    act->made = std::move(made);
    line_of(lines_, *act)->calls.take_place(options_.now());
    look_up(id);
}

void CourierRunner::on_looked_up(EffectId id, CourierAnswer answer) {
    auto* act = acts_.find(id);
    if (!act) return;
    call_over(*line_of(lines_, *act), answer);
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
    if (act->effect.kind == EffectKind::void_extra)
        return tell(id, NumberChecked{id, act->effect.reference, std::move(answer.found)});
    const bool alive = std::any_of(answer.found.begin(), answer.found.end(),
                                   [](const GivenNumber& given) { return !given.voided; });
    if (!alive) return tell(id, NumberVoided{id, Outcome::done, "void at the courier"});
    act->busy = false;
    act->step = Act::Step::revoke;  // to void again changes nothing that was voided
    look_later(*act);
}

void CourierRunner::on_revoked(EffectId id, const CourierAnswer& answer) {
    auto* act = acts_.find(id);
    if (!act) return;
    call_over(*line_of(lines_, *act), answer);
    if (answer.kind == CourierAnswer::Kind::refused)
        return tell(id, NumberVoided{id, Outcome::failed, answer.why});
    if (act->effect.kind == EffectKind::void_extra) return on_extra_revoked(id, answer);
    const bool voided = answer.kind == CourierAnswer::Kind::answered && !answer.found.empty() &&
                        answer.found.front().voided &&
                        answer.found.front().reference == act->effect.reference;
    if (voided)
        return tell(id, NumberVoided{id, Outcome::done,
                                     answer.refund.empty() ? "" : "refund: " + answer.refund});
    tell(id, EffectEnded{id, Outcome::unknown, sentence(answer)});
}

// That the other number still lives is worth more than its word: what is there is looked up.
void CourierRunner::on_extra_revoked(EffectId id, const CourierAnswer& answer) {
    auto* act = acts_.find(id);
    if (answer.kind == CourierAnswer::Kind::unknown)
        return tell(id, EffectEnded{id, Outcome::unknown, sentence(answer)});
    line_of(lines_, *act)->calls.take_place(options_.now());
    look_up(id);
}

ServiceLine* CourierRunner::calls_to(const std::string& courier) {
    const auto line = lines_.find(courier);
    return line == lines_.end() ? nullptr : &line->second.calls;
}

void CourierRunner::tell(EffectId id, Input input) {
    reports_.tell("effect:" + to_text(id), acts_.find(id)->effect.station, input,
                  [this, id, input](const Done& done) { on_told(id, input, done); });
}

void CourierRunner::on_told(EffectId id, const Input& input, const Done& done) {
    auto* act = acts_.find(id);
    if (!act) return;
    const auto& code = done.answer.code;
    act->busy = false;
    if (code == "busy" || code == "number_not_there" || code == "number_unknown") {
        // The act is looked up again: what it would have told comes again with it.
        return look_later(*act);
    }
    if (code == "number_still_there") {
        act->step = Act::Step::revoke;
        return look_later(*act);
    }
    if (code == "number_ask_again") {
        // At once, whatever the breaker says by now: the books count from here on.
        act->busy = true;
        line_of(lines_, *act)->calls.take_place(options_.now());
        return create(id);
    }
    if (std::holds_alternative<EffectEnded>(input)) return look_later(*act);
    options_.show(act->effect.station, done.answer);
    acts_.erase(id);
    tick();
}

void CourierRunner::look_later(Act& act) {
    act.due = options_.now() + Instant{next_pause(act, options_.pause).value};
}

}  // namespace kemas::runtime
