#include "runtime/effect_runner.hpp"

#include <algorithm>
#include <utility>

namespace kemas::runtime {

EffectRunner::EffectRunner(boost::asio::any_io_executor loop, RunnerOptions options)
    : loop_(std::move(loop)), options_(std::move(options)) {}

void EffectRunner::take(std::vector<EffectRow> effects) {
    for (auto& effect : effects) {
        if (stopped_) return;
        // The line's and the couriers' own runners perform these.
        if (effect.kind != EffectKind::prepare_label && effect.kind != EffectKind::print_label)
            continue;
        if (effect.kind == EffectKind::prepare_label) {
            prepare(effect);
            continue;
        }
        const auto device = effect.device;
        lines_[device].queue.push_back(std::move(effect));
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
    for (const auto& [device, line] : lines_) count += line.queue.size() + (line.busy ? 1 : 0);
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
    if (stopped_ || line.busy || line.queue.empty()) return;
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

void EffectRunner::print(const std::string& device, EffectRow effect, std::string bytes) {
    auto start = std::make_shared<Start>(Start::not_asked);
    options_.printers.at(device)->print(
        std::move(bytes),
        [this, effect, start](Printer::Go go) { on_ready(effect, std::move(go), start); },
        [this, device, effect, start](PrintOutcome outcome) {
            on_end(device, effect, outcome, *start);
        });
}

// Law 3: the start is durable before the first byte leaves.
void EffectRunner::on_ready(const EffectRow& effect, Printer::Go go, std::shared_ptr<Start> start) {
    const auto show = options_.show;
    Envelope envelope{
        "start:" + options_.epoch + ":" + to_text(effect.id) + ":" + std::to_string(++reports_),
        effect.station, EffectStarted{effect.id}};
    options_.submit(std::move(envelope), [=, station = effect.station](const Done& done) {
        *start = done.answer.code == "effect_started" ? Start::recorded
                 : done.answer.code == "busy"         ? Start::not_asked
                                                      : Start::unwanted;
        if (*start == Start::unwanted) show(station, done.answer);
        go(*start == Start::recorded);
    });
}

void EffectRunner::on_end(const std::string& device, const EffectRow& effect,
                          const PrintOutcome& outcome, Start start) {
    // Nothing recorded, nothing sent: it stays planned.
    if (start == Start::not_asked) return try_later(device, effect);
    auto& line = lines_[device];
    line.failures = 0;
    if (start == Start::recorded) {
        const auto result = outcome.kind == PrintOutcome::Kind::done          ? Outcome::done
                            : outcome.kind == PrintOutcome::Kind::not_started ? Outcome::failed
                                                                              : Outcome::unknown;
        report(effect, EffectEnded{effect.id, result, outcome.detail});
    }
    line.busy = false;
    next(device);
}

void EffectRunner::try_later(const std::string& device, EffectRow effect) {
    if (stopped_) return;
    auto& line = lines_[device];
    const auto wait_ms =
        std::min(options_.retry_most_ms, options_.retry_first_ms << std::min(line.failures, 10));
    line.failures += 1;
    line.queue.push_front(std::move(effect));
    line.pause =
        std::make_unique<boost::asio::steady_timer>(loop_, std::chrono::milliseconds(wait_ms));
    line.pause->async_wait([this, device](const boost::system::error_code& error) {
        if (error) return;
        lines_[device].busy = false;
        next(device);
    });
}

}  // namespace kemas::runtime
