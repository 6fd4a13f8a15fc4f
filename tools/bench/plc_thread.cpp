#include "plc_thread.hpp"

#include <cstdlib>
#include <stdexcept>

namespace kemas::bench {
namespace {

constexpr std::uint16_t first_divert_register = 201;  // see plc-mailbox.toml
constexpr std::int64_t same_body = 60;                // pulses
constexpr std::chrono::seconds kept{10};

sim::LineServer::Options faultless(std::size_t line) {
    sim::LineServer::Options options;
    auto& plan = options.plan;
    plan.seed = line + 1;
    plan.no_read = plan.slip = plan.removed = plan.inserted = plan.stopped_orders = 0;
    plan.per_hour_double_counts = plan.per_hour_stuck = plan.per_hour_pulls = 0;
    plan.per_hour_restarts = plan.per_hour_full_lanes = plan.per_hour_jams = 0;
    plan.weigh_signals = false;
    return options;
}

}  // namespace

PlcThread::PlcThread(std::size_t lines, Heard heard) {
    for (std::size_t i = 0; i < lines; ++i) {
        auto line = std::make_unique<Line>();
        line->server = std::make_unique<sim::LineServer>(loop_.get_executor(), faultless(i));
        line->counts.resize(line->server->layout().eyes.size());
        auto* server = line->server.get();
        const auto started = server->start([heard, server, i](const line::LineEvent& event) {
            sim::Label label;
            const auto* scan = std::get_if<line::Scanned>(&event);
            if (scan && !scan->codes.empty())
                label = server->world().by_code(scan->codes.front())->label;
            heard(i, event, label);
        });
        if (!started) throw std::runtime_error(started.error().what);
        lines_.push_back(std::move(line));
    }
    thread_ = std::thread([this] { run(); });
}

PlcThread::~PlcThread() {
    stop();
}

void PlcThread::stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
}

std::int64_t PlcThread::wrong() const {
    std::int64_t wrong = 0;
    for (const auto& line : lines_) wrong += line->server->world().judgement().wrong;
    return wrong;
}

void PlcThread::run() {
    while (!stop_) {
        loop_.run_one_for(std::chrono::milliseconds(10));
        for (auto& line : lines_) watch(*line);
    }
    for (auto& line : lines_) line->server->stop();
    loop_.run_for(std::chrono::milliseconds(20));
}

void PlcThread::watch(Line& line) {
    const auto now = Clock::now();
    const auto look = line.server->world().plc().look();
    for (std::size_t i = 0; i < look.eyes.size(); ++i) {
        if (look.eyes[i].count == line.counts[i]) continue;
        line.counts[i] = look.eyes[i].count;
        line.seen.push_back({now, i, look.eyes[i].edge.value_or(0)});
    }
    std::erase_if(line.seen, [&](const Seen& seen) { return now - seen.at > kept; });
    const auto& written = line.server->written();
    for (; line.written < written.size(); ++line.written)
        if (written[line.written].start == first_divert_register)
            match(line, written[line.written], now);
}

void PlcThread::match(Line& line, const sim::LineServer::Written& written, Clock::time_point now) {
    const auto& words = written.values;
    if (!line.numbers.insert(words.at(4)).second) return;
    const auto& lane = line.server->layout().lanes.at(words.at(0) - 1u);
    const auto gate = line.server->layout().eyes[lane.gate].at;
    const std::int64_t target = std::int64_t{words.at(1)} << 16 | words.at(2);
    const std::int64_t edge = target - (lane.divert_at - gate).value;
    for (const Seen& seen : line.seen)
        if (seen.eye == lane.gate && std::abs(std::int64_t{seen.edge} - edge) <= same_body) {
            divert_ms_.push_back(std::chrono::duration<double, std::milli>(now - seen.at).count());
            return;
        }
    ++unasked_;
}

}  // namespace kemas::bench
