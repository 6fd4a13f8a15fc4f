#include "runtime/channel_runner.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace kemas::runtime {
namespace {

using Kind = ChannelAnswer::Kind;

constexpr Milliseconds kInboxFull{1'000};
constexpr Milliseconds kWhileRead{4'000};  // between looks at a label whose pages are being read

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
    return sentence_of(answer.field, answer.why);
}

// What of a package the channel wants heard, in one word: heard once, it is not told again.
std::string news_of(const PackageState& package) {
    std::string news = std::to_string(package.arrangement_no);
    if (package.cancelled) news += " cancelled";
    if (package.cancel) news += " " + package.cancel->id + " " + package.cancel->state;
    return news;
}

}  // namespace

ChannelRunner::ChannelRunner(ChannelRunnerOptions options)
    : options_(std::move(options)), reports_(options_.submit, options_.epoch) {
    const auto now = options_.now();
    for (const auto& [name, link] : options_.channels)
        lines_.emplace(name, Line{link, ServiceLine(link.limits, now), now});
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
        acts_.add(std::move(act));
    }
    tick();
}

void ChannelRunner::tick() {
    if (reports_.stopped()) return;
    const auto now = options_.now();
    for (auto& [name, line] : lines_)
        if (!line.polling && line.poll_due <= now && line.calls.may_call(now)) poll(name, line);
    begin_due(lines_, acts_, now, [this](const Act& act) { begin(act); });
}

void ChannelRunner::begin(const Act& act) {
    const auto id = act.effect.id;
    switch (act.step) {
        case Step::start:  // law 3: durable before the first byte leaves
            return reports_.start(id, "", [this, id](const Done& done) { on_started(id, done); });
        case Step::call:
            return call(id);
        case Step::look:
            return look(id);
    }
}

void ChannelRunner::on_started(EffectId id, const Done& done) {
    auto* act = acts_.find(id);
    if (!act) return;
    if (done.answer.code == "effect_started") {
        const bool sent_before =
            act->effect.kind == EffectKind::arrange_package && act->effect.revision > 1;
        if (sent_before || act->effect.kind == EffectKind::get_package_number) return look(id);
        return call(id);
    }
    line_of(lines_, *act)->calls.give_back();
    if (done.answer.code != "busy") return (void)acts_.erase(id);
    act->busy = false;
    act->due = options_.now() + Instant{kInboxFull.value};
}

void ChannelRunner::call(EffectId id) {
    auto* act = acts_.find(id);
    if (!only_reads(act->effect.kind)) act->step = Step::look;  // whatever comes
    options_.read(act->effect, reports_.guarded([this, id](const std::optional<PackageAsk>& ask) {
        on_asked(id, ask);
    }));
}

void ChannelRunner::on_asked(EffectId id, const std::optional<PackageAsk>& ask) {
    auto* act = acts_.find(id);
    if (!act) return;
    if (!ask) {
        ChannelAnswer gone;
        gone.why = "the books did not tell what to say";
        return on_called(id, std::move(gone));
    }
    line_of(lines_, *act)
        ->link.channel->call(call_of(act->effect), *ask,
                             reports_.guarded([this, id](ChannelAnswer answer) {
                                 on_called(id, std::move(answer));
                             }));
}

void ChannelRunner::look(EffectId id) {
    auto* act = acts_.find(id);
    act->step = Step::look;
    line_of(lines_, *act)
        ->link.channel->read(act->effect.reference,
                             reports_.guarded([this, id](ChannelAnswer answer) {
                                 on_looked(id, std::move(answer));
                             }));
}

void ChannelRunner::call_over(Line& line, const ChannelAnswer& answer) {
    const bool unknown = answer.kind == Kind::unknown;
    line.calls.call_over({unknown, answer.kind == Kind::limited, unknown ? sentence(answer) : "",
                          answer.retry_after},
                         options_.now());
}

void ChannelRunner::no_clear_answer(Act& act, const ChannelAnswer& answer) {
    const auto step = only_reads(act.effect.kind) ? Step::call : Step::look;
    const bool tell_it = answer.kind == Kind::unknown && !act.told_unknown;
    again(act, step, answer);
    if (!tell_it) return;
    act.busy = true;
    tell(act.effect.id, EffectEnded{act.effect.id, Outcome::unknown, sentence(answer)});
}

void ChannelRunner::on_called(EffectId id, ChannelAnswer answer) {
    auto* act = acts_.find(id);
    if (!act) return;
    call_over(*line_of(lines_, *act), answer);
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
    auto* act = acts_.find(id);
    if (!act) return;
    call_over(*line_of(lines_, *act), answer);
    if (answer.kind == Kind::told)
        return tell(id, PackageTold{id, act->effect.device, true, std::move(answer.package)});
    act->busy = false;
    again(*act, Step::look, answer);
}

void ChannelRunner::poll(const std::string& name, Line& line) {
    line.polling = true;
    line.calls.take_place(options_.now());
    line.link.channel->attention(reports_.guarded(
        [this, name](ChannelAnswer answer) { on_attention(name, std::move(answer)); }));
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
        reports_.tell("attention", "", PackageTold{{}, name, true, package},
                      [this, name, number = package.package_number](const Done& done) {
                          if (done.answer.code == "busy") lines_.at(name).told.erase(number);
                      });
    }
    std::erase_if(line.told, [&](const auto& each) { return !listed.contains(each.first); });
}

void ChannelRunner::tell(EffectId id, Input input) {
    reports_.tell("effect:" + to_text(id), "", input,
                  [this, id, input](const Done& done) { on_told(id, input, done); });
}

void ChannelRunner::on_told(EffectId id, const Input& input, const Done& done) {
    auto* act = acts_.find(id);
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
        if (code == "package_label_kept") {
            act->label_kept = true;
            options_.on_label();
        }
        // A call's answer about a number is a hint; the look follows at once.
        if (const auto* told = std::get_if<PackageTold>(&input); told && !told->looked_up)
            act->looked = 0;
        return later(*act, Step::look);
    }
    if (code == "package_ask_again") {
        act->told_unknown = false;
        if (reads) {  // a new try, not one more look at the old one
            act->looked = 0;
            act->label_kept = false;
            return later(*act, Step::call);
        }
        // At once or not at all: a permission that has waited is asked for again.
        auto* line = line_of(lines_, *act);
        if (!line->calls.may_call(options_.now())) return later(*act, Step::look);
        act->busy = true;
        line->calls.take_place(options_.now());
        return call(id);
    }
    if (std::holds_alternative<PackageLabelTold>(input) && code == "package_done")
        options_.on_label();
    acts_.erase(id);
    tick();
}

// A channel that wants fewer calls said nothing of this act: it waits with all others of the line.
void ChannelRunner::again(Act& act, Step step, const ChannelAnswer& answer) {
    if (answer.kind != Kind::limited) return later(act, step, answer.retry_after);
    act.step = step;
    act.due = options_.now();
}

void ChannelRunner::later(Act& act, Step step, Milliseconds at_least) {
    auto pause = next_pause(act, options_.pause);
    // Our own reading is waited for, not the channel.
    if (act.label_kept) pause = std::min(pause, kWhileRead);
    const auto wait = std::max(pause.value, at_least.value);
    act.step = step;
    act.due = options_.now() + Instant{wait};
}

Instant ChannelRunner::next_due() const {
    auto first = next_act(lines_, acts_);
    for (const auto& [name, line] : lines_)
        if (!line.polling) first = sooner(first, line.calls.earliest(line.poll_due));
    return first;
}

}  // namespace kemas::runtime
