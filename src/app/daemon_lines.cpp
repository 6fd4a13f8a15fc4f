// The conveyor lines of a running daemon.
#include <algorithm>
#include <boost/asio/post.hpp>

#include "app/daemon_parts.hpp"

namespace kemas::app {
namespace {

// One result may hold several codes; an empty separator is in none.
std::vector<std::string> codes_of(const std::string& text, const std::string& separator) {
    if (separator.empty()) return {text};
    std::vector<std::string> codes;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find(separator, from), text.size());
        if (end > from) codes.push_back(text.substr(from, end - from));
        from = end + separator.size();
    }
    return codes;
}

}  // namespace

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
        options.shut_lanes = [this, name = each.name](auto answer) {
            return reader.ask([this, name, answer = std::move(answer)](ReadView view) {
                boost::asio::post(io,
                                  [answer, shut = view.books.shut_lanes(name)] { answer(shut); });
            });
        };
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
    auto codes = codes_of(scan.text, from.separator);
    std::erase_if(codes, [&](const std::string& code) {
        return std::find(words.begin(), words.end(), code) != words.end();
    });
    to->scanned(from.reader, std::move(codes));
}

std::vector<DeviceHealth> Daemon::Parts::health() const {
    auto all = devices.health();
    for (auto& each : couriers.health()) all.push_back(std::move(each));
    for (auto& each : channels.health()) all.push_back(std::move(each));
    for (const auto& each : lines)
        for (auto& one : each->health()) all.push_back(std::move(one));
    return all;
}

}  // namespace kemas::app
