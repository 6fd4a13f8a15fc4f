#include "runtime/channel_runner.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace kemas::runtime {
namespace {

using Kind = ChannelAnswer::Kind;

constexpr Milliseconds kInboxFull{1'000}, kLimited{1'000};
constexpr std::int64_t kWindow_ms = 1'000;

bool is_channel_act(EffectKind kind) {
    return kind >= EffectKind::read_parameters && kind <= EffectKind::answer_cancel;
}

ChannelCall call_of(const EffectRow& effect) {
    return static_cast<ChannelCall>(static_cast<int>(effect.kind) -
                                    static_cast<int>(EffectKind::read_parameters));
}

// To ask for these again does nothing at the channel.
bool only_reads(EffectKind kind) {
    return kind == EffectKind::read_parameters || kind == EffectKind::get_package_label;
}

std::string sentence(const ChannelAnswer& answer) {
    return answer.field.empty() ? answer.why : answer.field + " " + answer.why;
}

// What of a package the channel wants heard, in one word: heard once, it is not told again.
std::string news_of(const PackageState& package) {
    std::string news = std::to_string(package.arrangement_no);
    if (package.cancelled) news += " cancelled";
    if (package.cancel) news += " " + package.cancel->id + " " + package.cancel->state;
    return news;
}

}  // namespace

ChannelRunner::ChannelRunner(ChannelRunnerOptions options) : options_(std::move(options)) {
    for (const auto& [name, link] : options_.channels) {
        Line line;
        line.link = link;
        line.breaker = Breaker(link.breaker);
        line.since = line.poll_due = options_.now();
        lines_.emplace(name, std::move(line));
    }
}

void ChannelRunner::stop() {
    stopped_ = true;
    alive_.reset();
}

ChannelRunner::Act* ChannelRunner::find(EffectId id) {
    const auto it = acts_.find(id);
    return it == acts_.end() ? nullptr : &it->second;
}

ChannelRunner::Line* ChannelRunner::line_of(const Act& act) {
    const auto it = lines_.find(act.effect.device);
    return it == lines_.end() ? nullptr : &it->second;
}

void ChannelRunner::take(std::vector<EffectRow> effects) {
    for (auto& effect : effects) {
        if (!is_channel_act(effect.kind)) continue;
        Act act;
        const bool planned = effect.state == EffectState::planned;
        act.step = planned ? Step::start : only_reads(effect.kind) ? Step::call : Step::look;
        act.told_unknown = !planned;
        act.due = options_.now();
        act.effect = std::move(effect);
        const auto id = act.effect.id;
        acts_.try_emplace(id, std::move(act));
    }
    if (!stopped_) tick();
}

bool ChannelRunner::may_call(const Line& line) const {
    const auto now = options_.now();
    if (line.under_way >= line.link.at_once || now < line.not_before) return false;
    const bool full =
        now.value - line.window.value < kWindow_ms && line.begun >= line.link.rate_per_s;
    return !full && line.breaker.may_call(now);
}

void ChannelRunner::take_place(Line& line) {
    const auto now = options_.now();
    if (now.value - line.window.value >= kWindow_ms) {
        line.window = now;
        line.begun = 0;
    }
    ++line.begun;
    ++line.under_way;
    line.breaker.called();
}

// An act of a channel that the site no longer names stays where it is, and is shown.
void ChannelRunner::tick() {
    if (stopped_) return;
    const auto now = options_.now();
    for (auto& [name, line] : lines_)
        if (!line.polling && line.poll_due <= now && may_call(line)) poll(name, line);
    std::vector<std::pair<Instant, EffectId>> due;
    for (const auto& [id, act] : acts_)
        if (!act.busy && act.due <= now) due.emplace_back(act.due, id);
    std::sort(due.begin(), due.end());
    for (const auto& [since, id] : due) {
        auto* act = find(id);
        auto* line = act ? line_of(*act) : nullptr;
        if (line && !act->busy && may_call(*line)) begin(*act, *line);
    }
}

// The place among the calls is taken before the start is recorded: a breaker that opens meanwhile
// lets what was begun go on.
void ChannelRunner::begin(Act& act, Line& line) {
    act.busy = true;
    take_place(line);
    const auto id = act.effect.id;
    switch (act.step) {
        case Step::start:
            return record_start(id);
        case Step::call:
            return call(id);
        case Step::look:
            return look(id);
    }
}

// Law 3: the start is durable before the first byte leaves.
void ChannelRunner::record_start(EffectId id) {
    Envelope envelope{
        "start:" + options_.epoch + ":" + to_text(id) + ":" + std::to_string(++reports_), "",
        EffectStarted{id}};
    options_.submit(std::move(envelope),
                    [this, id, alive = std::weak_ptr<int>(alive_)](const Done& done) {
                        if (alive.lock()) on_started(id, done);
                    });
}

void ChannelRunner::on_started(EffectId id, const Done& done) {
    auto* act = find(id);
    if (!act) return;
    if (done.answer.code == "effect_started") {
        const bool sent_before =
            act->effect.kind == EffectKind::arrange_package && act->effect.revision > 1;
        if (sent_before || act->effect.kind == EffectKind::get_package_number) return look(id);
        return call(id);
    }
    auto* line = line_of(*act);
    --line->under_way;
    line->breaker.let_go();
    if (done.answer.code != "busy") return (void)acts_.erase(id);
    act->busy = false;
    act->due = options_.now() + Instant{kInboxFull.value};
}

void ChannelRunner::call(EffectId id) {
    auto* act = find(id);
    if (!only_reads(act->effect.kind)) act->step = Step::look;  // whatever comes
    options_.read(act->effect, [this, id, alive = std::weak_ptr<int>(alive_)](
                                   const std::optional<PackageAsk>& ask) {
        if (!alive.lock()) return;
        auto* asked = find(id);
        if (!asked) return;
        if (!ask) {
            ChannelAnswer gone;
            gone.why = "the books did not tell what to say";
            return on_called(id, std::move(gone));
        }
        line_of(*asked)->link.channel->call(call_of(asked->effect), *ask,
                                            [this, id, alive](ChannelAnswer answer) {
                                                if (alive.lock()) on_called(id, std::move(answer));
                                            });
    });
}

void ChannelRunner::look(EffectId id) {
    auto* act = find(id);
    act->step = Step::look;
    line_of(*act)->link.channel->read(
        act->effect.reference,
        [this, id, alive = std::weak_ptr<int>(alive_)](ChannelAnswer answer) {
            if (alive.lock()) on_looked(id, std::move(answer));
        });
}

// A channel that says no, later or not so often is well; one that says nothing, or nonsense, is
// not.
void ChannelRunner::call_over(Line& line, const ChannelAnswer& answer) {
    --line.under_way;
    const auto now = options_.now();
    const bool was_open = line.breaker.state() != Breaker::State::closed;
    if (answer.kind == Kind::unknown) {
        line.breaker.failed(now, answer.retry_after);
        line.error = sentence(answer);
    } else {
        line.breaker.succeeded();
        line.heard = now;
    }
    if (answer.kind == Kind::limited) {
        const auto wait = std::max(answer.retry_after.value, kLimited.value);
        line.not_before = now + Instant{wait};
        line.error = "it wants fewer calls";
    }
    if (was_open != (line.breaker.state() != Breaker::State::closed)) line.since = now;
}

void ChannelRunner::no_clear_answer(Act& act, const ChannelAnswer& answer) {
    const auto step = only_reads(act.effect.kind) ? Step::call : Step::look;
    const bool tell_it = answer.kind == Kind::unknown && !act.told_unknown;
    later(act, step, answer.retry_after);
    if (!tell_it) return;
    act.busy = true;
    tell(act.effect.id, EffectEnded{act.effect.id, Outcome::unknown, sentence(answer)});
}

void ChannelRunner::on_called(EffectId id, ChannelAnswer answer) {
    auto* act = find(id);
    if (!act) return;
    call_over(*line_of(*act), answer);
    if (answer.kind == Kind::refused) return tell(id, PackageRefused{id, answer.field, answer.why});
    if (answer.kind != Kind::told) {
        act->busy = false;
        return no_clear_answer(*act, answer);
    }
    if (act->effect.kind == EffectKind::read_parameters)
        return tell(id,
                    PackageParametersTold{id, answer.package_number, std::move(answer.options)});
    if (act->effect.kind == EffectKind::get_package_label) {
        auto hash = options_.hash(answer.bytes);
        return tell(id, PackageLabelTold{id, answer.package_number, answer.tracking_number,
                                         answer.format, std::move(hash), std::move(answer.bytes)});
    }
    tell(id, PackageTold{id, act->effect.device, false, std::move(answer.package)});
}

void ChannelRunner::on_looked(EffectId id, ChannelAnswer answer) {
    auto* act = find(id);
    if (!act) return;
    call_over(*line_of(*act), answer);
    if (answer.kind == Kind::told)
        return tell(id, PackageTold{id, act->effect.device, true, std::move(answer.package)});
    act->busy = false;
    later(*act, Step::look, answer.retry_after);
}

void ChannelRunner::poll(const std::string& name, Line& line) {
    line.polling = true;
    take_place(line);
    line.link.channel->attention(
        [this, name, alive = std::weak_ptr<int>(alive_)](ChannelAnswer answer) {
            if (alive.lock()) on_attention(name, std::move(answer));
        });
}

// What the books have heard they are not told again while the channel still lists it.
void ChannelRunner::on_attention(const std::string& name, ChannelAnswer answer) {
    auto& line = lines_.at(name);
    call_over(line, answer);
    line.polling = false;
    line.poll_due = options_.now() + Instant{line.link.poll.value};
    if (answer.kind != Kind::told) return;
    std::set<std::string> listed;
    for (auto& package : answer.packages) {
        listed.insert(package.package_number);
        const auto news = news_of(package);
        auto& told = line.told[package.package_number];
        if (told == news) continue;
        told = news;
        Envelope envelope{"attention:" + options_.epoch + ":" + std::to_string(++reports_), "",
                          PackageTold{{}, name, true, package}};
        options_.submit(std::move(envelope),
                        [this, name, number = package.package_number,
                         alive = std::weak_ptr<int>(alive_)](const Done& done) {
                            if (alive.lock() && done.answer.code == "busy")
                                lines_.at(name).told.erase(number);
                        });
    }
    std::erase_if(line.told, [&](const auto& each) { return !listed.contains(each.first); });
}

void ChannelRunner::tell(EffectId id, Input input) {
    Envelope envelope{
        "effect:" + options_.epoch + ":" + to_text(id) + ":" + std::to_string(++reports_), "",
        input};
    options_.submit(std::move(envelope), [this, id, input = std::move(input),
                                          alive = std::weak_ptr<int>(alive_)](const Done& done) {
        if (alive.lock()) on_told(id, input, done);
    });
}

void ChannelRunner::on_told(EffectId id, const Input& input, const Done& done) {
    auto* act = find(id);
    if (!act) return;
    const auto& code = done.answer.code;
    const bool reads = only_reads(act->effect.kind);
    act->busy = false;
    // What could not be told comes again with the next look.
    if (code == "busy") return later(*act, reads ? Step::call : Step::look);
    if (code == "package_unknown") {
        act->told_unknown = true;
        return later(*act, reads ? Step::call : Step::look);
    }
    if (code == "package_label_kept" || code == "package_not_yet") {
        if (code == "package_label_kept") options_.on_label();
        // A call's answer about a number is a hint; the look follows at once.
        if (const auto* told = std::get_if<PackageTold>(&input); told && !told->looked_up)
            act->looked = 0;
        return later(*act, Step::look);
    }
    if (code == "package_ask_again") {
        act->told_unknown = false;
        if (reads) return later(*act, Step::call);
        // At once or not at all: a permission that has waited is asked for again.
        auto* line = line_of(*act);
        if (!may_call(*line)) return later(*act, Step::look);
        act->busy = true;
        take_place(*line);
        return call(id);
    }
    if (std::holds_alternative<PackageLabelTold>(input) && code == "package_done")
        options_.on_label();
    acts_.erase(id);
    tick();
}

void ChannelRunner::later(Act& act, Step step, Milliseconds at_least) {
    const auto wait =
        std::min(options_.look_most.value, options_.look_first.value << std::min(act.looked, 16));
    ++act.looked;
    act.step = step;
    act.due = options_.now() + Instant{std::max(wait, at_least.value)};
}

std::vector<ChannelLive> ChannelRunner::live() const {
    std::vector<ChannelLive> all;
    for (const auto& [name, line] : lines_) {
        ChannelLive live{name,
                         line.breaker.state(),
                         line.breaker.until(),
                         line.heard,
                         line.error,
                         0,
                         static_cast<std::size_t>(line.under_way)};
        for (const auto& [id, act] : acts_)
            if (act.effect.device == name) ++live.waiting;
        all.push_back(std::move(live));
    }
    return all;
}

std::vector<DeviceHealth> ChannelRunner::health() const {
    std::vector<DeviceHealth> all;
    for (const auto& [name, line] : lines_) {
        const bool up = line.breaker.state() == Breaker::State::closed;
        DeviceHealth health;
        health.name = name;
        health.kind = "channel";
        health.up = up;
        health.state = up ? "ready" : "unreachable";
        health.error = line.error;
        health.since = line.since;
        health.heard = line.heard;
        all.push_back(std::move(health));
    }
    return all;
}

Instant ChannelRunner::next_due() const {
    Instant first;
    const auto earliest = [&](const Line& line, Instant due) {
        if (line.breaker.is_probing() || line.under_way >= line.link.at_once) return;
        if (line.breaker.state() != Breaker::State::closed)
            due = std::max(due, line.breaker.until());
        due = std::max(due, line.not_before);
        if (line.begun >= line.link.rate_per_s)
            due = std::max(due, line.window + Instant{kWindow_ms});
        if (!first.value || due < first) first = due;
    };
    for (const auto& [id, act] : acts_) {
        const auto at = lines_.find(act.effect.device);
        if (!act.busy && at != lines_.end()) earliest(at->second, act.due);
    }
    for (const auto& [name, line] : lines_)
        if (!line.polling) earliest(line, line.poll_due);
    return first;
}

}  // namespace kemas::runtime
