#include "tools/sim/packer.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

namespace kemas::sim {

namespace asio = boost::asio;

bool ends_job(const std::string& code) {
    return code == "order_cancelled" || code == "order_on_hold" || code == "parcel_hold" ||
           code == "parcel_void" || code == "effect_unwanted" || code == "no_answer";
}

namespace {

ModbusScaleServer::Options scale_options(const BenchOptions& bench, const ShiftOptions& options,
                                         std::uint64_t seed) {
    ModbusScaleServer::Options scale;
    scale.port = bench.scale_port;
    scale.load.settle = options.scale_settle;
    scale.load.seed = seed;
    return scale;
}

ZplPrinter::Options printer_options(const BenchOptions& bench, const ShiftOptions& options) {
    ZplPrinter::Options printer;
    printer.port = bench.printer_port;
    printer.keep_jobs = false;
    if (!options.printer_folder.empty()) printer.folder = options.printer_folder + "/" + bench.name;
    return printer;
}

ScannerClient::Options scanner_options(const BenchOptions& bench, const ShiftOptions& options) {
    ScannerClient::Options scanner;
    scanner.remote = bench.scanner;
    scanner.sender = options.run + "-" + bench.name;
    scanner.within = options.answer_within;
    return scanner;
}

}  // namespace

Packer::Packer(asio::any_io_executor executor, Floor& floor, BenchOptions bench, std::string badge,
               std::uint64_t seed)
    : executor_(executor),
      floor_(floor),
      bench_(std::move(bench)),
      badge_(std::move(badge)),
      random_(seed),
      news_(executor),
      scale_(executor, scale_options(bench_, floor.options, seed)),
      printer_(executor, printer_options(bench_, floor.options),
               [this](const PrintedJob& job) {
                   floor_.note_paper(bench_.name, job);
                   papers_.push_back(job);
                   news_.raise();
               }),
      scanner_(executor, scanner_options(bench_, floor.options), [this](const ScanAnswer& push) {
          floor_.note_answer(bench_.name, "", push);
          pushes_.push_back(push);
          news_.raise();
      }) {}

Result<void> Packer::start() {
    auto scale = scale_.start();
    return scale ? printer_.start() : scale;
}

void Packer::stop() {
    scanner_.close();
    printer_.stop();
    scale_.stop();
}

std::string Packer::ports() const {
    return bench_.name + ": scale " + std::to_string(scale_.port()) + ", printer " +
           std::to_string(printer_.port());
}

bool Packer::chance(int percent) {
    return std::uniform_int_distribution<int>(0, 99)(random_) < percent;
}

// A real piece: near its mean, never absurd.
Milligrams Packer::some(Milligrams mean, Milligrams spread) {
    std::normal_distribution<double> normal;
    const double sigmas = std::clamp(normal(random_), -2.5, 2.5);
    return {std::max<std::int64_t>(
        0, mean.value + static_cast<std::int64_t>(sigmas * static_cast<double>(spread.value)))};
}

Packer::Job Packer::job_of(std::size_t place) {
    Job job;
    job.orders = floor_.day.jobs[place];
    const auto& first = floor_.day.orders[job.orders.front()];
    job.open_code = first.draft.key.external_id;
    if (first.draft.arranged && !first.draft.arranged->tracking_number.empty())
        job.open_code = job.paper = first.draft.arranged->tracking_number;
    job.carton = first.carton;
    if (const auto carton = floor_.day.cartons.find(job.carton); carton != floor_.day.cartons.end())
        job.weight += some(carton->second.tare, carton->second.spread);
    for (const auto i : job.orders)
        for (const auto& line : floor_.day.orders[i].draft.lines) {
            job.lines.push_back(line);
            const auto sku = floor_.day.skus.find(line.sku);
            for (std::int64_t n = 0; sku != floor_.day.skus.end() && n < line.quantity; ++n)
                job.weight += some(sku->second.weight, sku->second.spread);
        }
    return job;
}

asio::awaitable<void> Packer::pause(int human_ms) {
    asio::steady_timer timer(executor_);
    const double swing = std::uniform_real_distribution<double>(0.6, 1.6)(random_);
    const double ms = human_ms * swing / std::max(0.01, floor_.options.speed);
    timer.expires_after(std::chrono::microseconds(static_cast<std::int64_t>(ms * 1000)));
    const auto token = asio::as_tuple(asio::use_awaitable);
    co_await timer.async_wait(token);
}

asio::awaitable<ScanAnswer> Packer::scan(std::string code) {
    co_await pause(700);
    ++floor_.result.tally.scans;
    auto answer = co_await scanner_.scan(code);
    if (!answer) {
        floor_.result.troubles.push_back(bench_.name + ": " + answer.error().what);
        co_return ScanAnswer{false, false, "no_answer", answer.error().what};
    }
    floor_.note_answer(bench_.name, code, *answer);
    co_return *answer;
}

void Packer::put_aside(Job& job, const ScanAnswer& answer) {
    for (const auto i : job.orders) {
        auto& outcome = floor_.result.outcomes[i];
        outcome.floor = answer.code == "no_answer" || answer.code == "no_label" ? "stuck" : "aside";
        outcome.code = answer.code;
        outcome.text = answer.text;
    }
}

asio::awaitable<void> Packer::cancel_when(Job& job, PlannedCancel::Moment moment) {
    if (!floor_.options.http) co_return;
    for (const auto i : job.orders) {
        const auto& order = floor_.day.orders[i];
        if (!order.cancel || order.cancel->moment != moment) continue;
        const std::string path = order_path(order.draft.key, "/cancel");
        const std::string body =
            "{\"by\":\"" + order.cancel->by + "\",\"reason\":\"" + order.cancel->reason + "\"}";
        const HttpTarget target = *floor_.options.http;
        const auto answer = co_await http_call(target, "POST", path, body);
        ++floor_.result.tally.cancels;
        if (!answer || answer->status / 100 != 2)
            floor_.result.troubles.push_back(
                "cancel of " + order.draft.key.external_id + ": " +
                (answer ? std::to_string(answer->status) + " " + answer->body
                        : answer.error().what));
    }
}

asio::awaitable<void> Packer::work(std::vector<std::size_t> jobs) {
    co_await see_pan();  // the scale was switched on a moment ago
    const auto signed_in = co_await scan(badge_);
    if (!signed_in.accepted)
        floor_.result.troubles.push_back(bench_.name + ": badge " + badge_ + ": " + signed_in.code +
                                         " " + signed_in.text);
    for (const auto place : jobs) {
        Job job = job_of(place);
        for (const auto i : job.orders) floor_.result.outcomes[i].bench = bench_.name;
        co_await pack(job);
    }
}

asio::awaitable<void> Packer::pack(Job job) {
    co_await cancel_when(job, PlannedCancel::Moment::before_open);
    const bool opened = co_await open(job);
    if (!opened) co_return;
    const bool filled = co_await put_items(job);
    if (!filled) co_return;
    const std::string tracking = co_await weigh_and_label(job);
    scale_.remove();
    if (tracking.empty()) co_return;
    co_await stage(job, tracking);
}

asio::awaitable<bool> Packer::open(Job& job) {
    auto answer = co_await scan(job.open_code);
    if (answer.code == "finish_first") {  // what a stopped player left open here
        co_await scan("*K*leave");
        answer = co_await scan(job.open_code);
    }
    if (answer.accepted) {
        const std::string carton = "*K*carton:" + job.carton;
        answer = co_await scan(carton);
    }
    if (answer.accepted) co_return true;
    ++floor_.result.tally.refused;
    put_aside(job, answer);
    co_return false;
}

// A slip of the hand: kemasd must refuse it and name the thing.
asio::awaitable<void> Packer::wrong_scan(Job& job) {
    std::string code = "ZZ-NOT-A-CODE-" + std::to_string(random_() % 1000);
    if (chance(60)) {
        auto it = floor_.day.skus.begin();
        std::advance(it, static_cast<std::ptrdiff_t>(random_() % floor_.day.skus.size()));
        const bool ours = std::ranges::any_of(
            job.lines, [&](const DraftLine& line) { return line.sku == it->first; });
        if (!ours && !it->second.barcodes.empty()) code = it->second.barcodes.front().code;
    }
    ++floor_.result.tally.wrong_on_purpose;
    const auto answer = co_await scan(code);
    if (!answer.accepted) co_return;
    ++floor_.result.tally.wrong_accepted;
    floor_.result.troubles.push_back(bench_.name + ": wrong scan " + code + " was accepted");
}

// Scans one piece or pack until it is taken; false: the job is over.
asio::awaitable<bool> Packer::put_unit(Job& job, std::string code) {
    for (int tries = 0; tries < 5; ++tries) {
        const auto answer = co_await scan(code);
        if (answer.accepted) co_return true;
        if (answer.code == "double_scan") {
            co_await pause(static_cast<int>(500 * floor_.options.speed));
            continue;
        }
        ++floor_.result.tally.refused;
        put_aside(job, answer);
        if (!ends_job(answer.code)) co_await scan("*K*leave");
        co_return false;
    }
    put_aside(job, ScanAnswer{false, false, "double_scan", "refused five times"});
    co_await scan("*K*leave");
    co_return false;
}

asio::awaitable<bool> Packer::put_items(Job& job) {
    bool first = true;
    for (const auto& line : job.lines) {
        const auto sku = floor_.day.skus.find(line.sku);
        const auto place = floor_.day.location_of.find(line.sku);
        if (floor_.options.scan_locations && place != floor_.day.location_of.end())
            co_await scan(place->second);
        co_await pause(1500);  // to the shelf and back
        for (std::int64_t left = line.quantity; left > 0;) {
            std::string code = line.sku;
            std::int64_t units = 1;
            if (sku != floor_.day.skus.end())
                for (const auto& barcode : sku->second.barcodes)
                    if (barcode.quantity <= left &&
                        (barcode.quantity > units || code == line.sku)) {
                        code = barcode.code;
                        units = barcode.quantity;
                    }
            if (chance(floor_.options.wrong_percent)) co_await wrong_scan(job);
            const bool taken = co_await put_unit(job, code);
            if (!taken) co_return false;
            left -= units;
            if (first) co_await cancel_when(job, PlannedCancel::Moment::after_first_item);
            first = false;
        }
    }
    co_return true;
}

asio::awaitable<void> Packer::stage(Job& job, std::string tracking) {
    ScanAnswer answer;
    for (int tries = 0; tries < 5; ++tries) {
        answer = co_await scan(tracking);
        if (answer.accepted || ends_job(answer.code)) break;
        co_await pause(static_cast<int>(100 * floor_.options.speed));
    }
    if (!answer.accepted) {
        ++floor_.result.tally.refused;
        put_aside(job, answer);
    }
    for (const auto i : job.orders) {
        floor_.result.outcomes[i].tracking = tracking;
        if (answer.accepted) floor_.result.outcomes[i].floor = "staged";
    }
}

}  // namespace kemas::sim
