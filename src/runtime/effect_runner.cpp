#include "runtime/effect_runner.hpp"

#include <algorithm>
#include <utility>

namespace kemas::runtime {
namespace {

Outcome outcome_of(PrintOutcome::Kind kind) {
    switch (kind) {
        case PrintOutcome::Kind::not_started:
            return Outcome::failed;
        case PrintOutcome::Kind::sent:
            return Outcome::sent;
        case PrintOutcome::Kind::done:
            return Outcome::done;
        case PrintOutcome::Kind::unknown:
            break;
    }
    return Outcome::unknown;
}

}  // namespace

EffectRunner::EffectRunner(boost::asio::any_io_executor loop, RunnerOptions options)
    : loop_(std::move(loop)), options_(std::move(options)) {}

void EffectRunner::take(std::vector<EffectRow> effects) {
    for (auto& effect : effects) {
        if (stopped_) return;
        // The line's and the couriers' own runners perform these.
        if (effect.kind != EffectKind::prepare_label && !is_print(effect.kind)) continue;
        if (effect.kind == EffectKind::prepare_label) {
            prepare(effect);
            continue;
        }
        const auto device = effect.device;
        auto& line = lines_[device];
        (effect.state == EffectState::planned ? line.queue : line.checks)
            .push_back(std::move(effect));
        next(device);
    }
}

void EffectRunner::stop() {
    stopped_ = true;
    for (auto& [device, line] : lines_)
        if (line.pause) line.pause->cancel();
}

std::size_t EffectRunner::waiting() const {
    std::size_t count = 0;
    for (const auto& [device, line] : lines_)
        count += line.queue.size() + line.checks.size() + (line.busy ? 1 : 0);
    return count;
}

void EffectRunner::report(const EffectRow& effect, Input input) {
    const auto show = options_.show;
    Envelope envelope{
        "effect:" + options_.epoch + ":" + to_text(effect.id) + ":" + std::to_string(++reports_),
        effect.station, std::move(input)};
    options_.submit(std::move(envelope), [show, station = effect.station](const Done& done) {
        show(station, done.answer);
    });
}

void EffectRunner::prepare(const EffectRow& effect) {
    options_.press->prepare(
        effect, [this, effect](tl::expected<PreparedLabel, RefusedLabel> label) {
            if (stopped_) return;
            if (label)
                return report(effect, LabelPrepared{effect.id, std::move(label->hash),
                                                    std::move(label->bytes)});
            report(effect, LabelRefused{effect.id, label.error().field, label.error().why});
        });
}

void EffectRunner::use_printer(const std::string& device, Printer* printer,
                               std::function<void()> released) {
    lines_[device].swaps.push_back([this, device, printer, released = std::move(released)] {
        if (printer)
            options_.printers[device] = printer;
        else
            options_.printers.erase(device);
        released();
    });
    next(device);
}

void EffectRunner::next(const std::string& device) {
    auto& line = lines_[device];
    if (!line.busy)
        for (auto& swap : std::exchange(line.swaps, {})) swap();
    if (stopped_ || line.busy) return;
    if (!line.checks.empty()) return check(device);
    if (line.queue.empty()) return;
    line.busy = true;
    auto effect = std::move(line.queue.front());
    line.queue.pop_front();
    if (!options_.printers.contains(device)) return try_later(device, std::move(effect));
    options_.press->fetch(effect, [this, device, effect](std::optional<std::string> bytes) {
        if (stopped_) return;
        if (bytes) return print(device, effect, std::move(*bytes));
        // Without its bytes there is nothing to print, now or later; a person hears why.
        report(effect, EffectStarted{effect.id});
        report(effect,
               EffectEnded{effect.id, Outcome::failed, "the label's bytes are no longer kept"});
        lines_[device].busy = false;
        next(device);
    });
}

void EffectRunner::check(const std::string& device) {
    auto& line = lines_[device];
    line.busy = true;
    const auto printer = options_.printers.find(device);
    if (printer == options_.printers.end()) return on_count(device, PrintCount{});
    printer->second->count(line.checks.front().counter.value_or(0),
                           [this, device](const PrintCount& count) { on_count(device, count); });
}

// A printer that cannot be asked now leaves a question for people; it goes away by itself when the
// printer comes back and tells.
void EffectRunner::on_count(const std::string& device, const PrintCount& count) {
    if (stopped_) return;
    auto& line = lines_[device];
    auto& effect = line.checks.front();
    if (count.kind == PrintCount::Kind::counted) {
        Envelope envelope{
            "count:" + options_.epoch + ":" + to_text(effect.id) + ":" + std::to_string(++reports_),
            effect.station, PrintCounted{effect.id, count.labels}};
        return options_.submit(std::move(envelope),
                               [this, device](const Done& done) { end_check(device, done); });
    }
    if (effect.state == EffectState::started) {
        report(effect, EffectEnded{effect.id, Outcome::unknown,
                                   "the daemon stopped while it was under way" +
                                       (count.detail.empty() ? "" : "; " + count.detail)});
        effect.state = EffectState::unknown;
    }
    if (count.kind == PrintCount::Kind::unreachable) return pause(device);
    line.checks.pop_front();
    line.busy = false;
    next(device);
}

void EffectRunner::end_check(const std::string& device, const Done& done) {
    if (stopped_) return;
    auto& line = lines_[device];
    if (done.answer.code == "busy") return pause(device);
    auto effect = std::move(line.checks.front());
    line.checks.pop_front();
    line.failures = 0;
    options_.show(effect.station, done.answer);
    if (done.answer.code == "print_again") {
        effect.state = EffectState::planned;
        line.queue.push_front(std::move(effect));
    }
    line.busy = false;
    next(device);
}

void EffectRunner::print(const std::string& device, EffectRow effect, std::string bytes) {
    auto begun = std::make_shared<Begun>();
    options_.printers.at(device)->print(
        std::move(bytes),
        [this, effect, begun](Printer::Go go) { on_ready(effect, std::move(go), begun); },
        [this, device, effect, begun](PrintOutcome outcome) {
            on_end(device, effect, outcome, *begun);
        });
}

// Law 3: the start is durable before the first byte leaves, and with it what the printer had
// counted until then.
void EffectRunner::on_ready(const EffectRow& effect, Printer::Go go, std::shared_ptr<Begun> begun) {
    const auto show = options_.show;
    const auto printer = options_.printers.find(effect.device);
    if (printer != options_.printers.end()) begun->counter = printer->second->counter();
    Envelope envelope{
        "start:" + options_.epoch + ":" + to_text(effect.id) + ":" + std::to_string(++reports_),
        effect.station, EffectStarted{effect.id, begun->counter}};
    options_.submit(std::move(envelope), [=, station = effect.station](const Done& done) {
        begun->start = done.answer.code == "effect_started" ? Start::recorded
                       : done.answer.code == "busy"         ? Start::not_asked
                                                            : Start::unwanted;
        if (begun->start == Start::unwanted) show(station, done.answer);
        go(begun->start == Start::recorded);
    });
}

void EffectRunner::on_end(const std::string& device, EffectRow effect, const PrintOutcome& outcome,
                          const Begun& begun) {
    // Nothing recorded, nothing sent: it stays planned.
    if (begun.start == Start::not_asked) return try_later(device, std::move(effect));
    auto& line = lines_[device];
    line.failures = 0;
    if (begun.start == Start::recorded) {
        report(effect, EffectEnded{effect.id, outcome_of(outcome.kind), outcome.detail});
        if (outcome.kind == PrintOutcome::Kind::unknown && begun.counter) {
            effect.state = EffectState::unknown;
            effect.counter = begun.counter;
            line.checks.push_back(std::move(effect));
            return pause(device);  // what just broke is given a moment
        }
    }
    line.busy = false;
    next(device);
}

void EffectRunner::try_later(const std::string& device, EffectRow effect) {
    if (stopped_) return;
    lines_[device].queue.push_front(std::move(effect));
    pause(device);
}

void EffectRunner::pause(const std::string& device) {
    if (stopped_) return;
    auto& line = lines_[device];
    const auto wait_ms =
        std::min(options_.retry_most_ms, options_.retry_first_ms << std::min(line.failures, 10));
    line.failures += 1;
    line.pause =
        std::make_unique<boost::asio::steady_timer>(loop_, std::chrono::milliseconds(wait_ms));
    line.pause->async_wait([this, device](const boost::system::error_code& error) {
        if (error) return;
        lines_[device].busy = false;
        next(device);
    });
}

}  // namespace kemas::runtime
