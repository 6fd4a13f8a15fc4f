// The conveyor lines of a running daemon.
#include <algorithm>

#include "app/daemon_parts.hpp"

namespace kemas::app {

Result<void> Daemon::Parts::make_lines(const std::string& epoch) {
    for (const auto& each : plan.settings.lines) {
        LineDeskOptions options;
        options.submit = [this](Envelope envelope, runtime::OnDone done) {
            ledger.submit(std::move(envelope), std::move(done));
        };
        options.text_for = [this](const Answer& answer) {
            return plan.catalogue.text(answer, plan.settings.language);
        };
        options.books = {[this] { ledger.run([](Journal&) {}); },
                         [this] { return ledger.beats(); }};
        options.epoch = epoch;
        auto line = LineDesk::make(io.get_executor(), each, plan.site->policy.lines.at(each.name),
                                   std::move(options));
        if (!line) return tl::unexpected(line.error());
        lines.push_back(std::move(*line));
    }
    return {};
}

void Daemon::Parts::start_lines() {
    for (auto& each : lines) each->start();
}

void Daemon::Parts::stop_lines() {
    for (auto& each : lines) each->stop();
}

LineDesk* Daemon::Parts::line(std::string_view name) const {
    const auto it = std::find_if(lines.begin(), lines.end(),
                                 [&](const auto& each) { return each->name() == name; });
    return it == lines.end() ? nullptr : it->get();
}

void Daemon::Parts::on_line_scan(const StationScanner& from, const ScannedLine& scan) {
    if (scan.reply) scan.reply("+|");
    auto* const to = line(from.line);
    if (!to) return;  // a line of a file that only a restart takes
    const auto& words = from.no_reads;
    const bool nothing = std::find(words.begin(), words.end(), scan.text) != words.end();
    to->scanned(from.reader, nothing ? std::vector<std::string>{} : std::vector{scan.text});
}

std::vector<DeviceHealth> Daemon::Parts::health() const {
    auto all = devices.health();
    for (auto& each : couriers.health()) all.push_back(std::move(each));
    for (const auto& each : lines) all.push_back(each->health());
    return all;
}

}  // namespace kemas::app
