#include "parcel_load.hpp"

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <stdexcept>

#include "drivers/sim/modbus_scale_server.hpp"
#include "drivers/sim/scanner_client.hpp"
#include "drivers/sim/signal.hpp"
#include "drivers/sim/zpl_printer.hpp"
#include "prepared_ledger.hpp"

namespace kemas::bench {
namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
constexpr auto as_tuple = asio::as_tuple(asio::use_awaitable);
constexpr Milliseconds label_limit{20'000};

struct ParcelLoad::Shared {
    asio::io_context io;
    std::int64_t next_order = 0;
    Clock::time_point end;
    Samples samples;
    std::string fault;                       // the first one
    std::atomic<std::size_t> under_way = 0;  // when it is 0, all else may be read from outside
    asio::executor_work_guard<asio::io_context::executor_type> stay{io.get_executor()};
};

struct ParcelLoad::Packer {
    Packer(Shared& shared_, const Site& site, std::size_t i);

    asio::awaitable<bool> scan(std::string code);
    asio::awaitable<bool> empty_pan();
    asio::awaitable<bool> pack();
    static asio::awaitable<void> work(Packer& self);

    Shared& shared;
    sim::ModbusScaleServer scale;
    sim::Signal paper;
    std::string tracking;
    Clock::time_point printed_at;
    sim::ZplPrinter printer;
    sim::ScannerClient scanner;
    bool signed_in = false;
};

namespace {

sim::ModbusScaleServer::Options scale_options(std::uint16_t port) {
    sim::ModbusScaleServer::Options options;
    options.port = port;
    options.load.settle = {0};
    options.load.update = {1};
    options.load.noise = {0};
    return options;
}

sim::ZplPrinter::Options printer_options(std::uint16_t port) {
    sim::ZplPrinter::Options options;
    options.port = port;
    options.keep_jobs = false;
    return options;
}

sim::ScannerClient::Options scanner_options(std::uint16_t port) {
    sim::ScannerClient::Options options;
    options.remote = {asio::ip::make_address("127.0.0.1"), port};
    return options;
}

void need(const Result<void>& started) {
    if (!started) throw std::runtime_error(started.error().what);
}

}  // namespace

ParcelLoad::Packer::Packer(Shared& shared_, const Site& site, std::size_t i)
    : shared(shared_),
      scale(shared.io.get_executor(), scale_options(site.scale_ports[i])),
      paper(shared.io.get_executor()),
      printer(shared.io.get_executor(), printer_options(site.printer_ports[i]),
              [this](const sim::PrintedJob& job) {
                  if (!job.whole) return;
                  tracking = job.mark.tracking;
                  printed_at = Clock::now();
                  paper.raise();
              }),
      scanner(shared.io.get_executor(), scanner_options(site.scanner_ports[i])) {
    need(scale.start());
    need(printer.start());
}

asio::awaitable<bool> ParcelLoad::Packer::scan(std::string code) {
    const auto answer = co_await scanner.scan(code);
    // A scale that is down says so with the last item; the weight comes when it is up again.
    if (answer && (answer->accepted || answer->code == "scale_fault")) co_return true;
    if (shared.fault.empty())
        shared.fault = "scan " + code + ": " +
                       (answer ? answer->code + " " + answer->text : answer.error().what);
    co_return false;
}

// The scale has shown the empty pan: what comes next is a new load.
asio::awaitable<bool> ParcelLoad::Packer::empty_pan() {
    asio::steady_timer pause(shared.io);
    while (scale.reads_at_rest() == 0) {
        pause.expires_after(std::chrono::milliseconds(1));
        co_await pause.async_wait(as_tuple);
    }
    co_return true;
}

asio::awaitable<bool> ParcelLoad::Packer::pack() {
    const auto no = ++shared.next_order;
    std::string code = parcel_order(no);
    bool accepted = co_await scan(code);
    if (!accepted) co_return false;
    Clock::time_point last_item;
    for (int line = 1; line <= 3; ++line) {
        code = parcel_item(no, line);
        last_item = Clock::now();
        accepted = co_await scan(code);
        if (!accepted) co_return false;
    }
    co_await empty_pan();
    scale.put(grams(parcel_weight_g));
    const bool printed = co_await paper.wait(label_limit);
    if (!printed) {
        if (shared.fault.empty()) shared.fault = "no label came for order " + parcel_order(no);
        co_return false;
    }
    shared.samples.us.push_back(
        std::chrono::duration<double, std::micro>(printed_at - last_item).count());
    scale.remove();
    code = tracking;
    accepted = co_await scan(code);
    co_return accepted;
}

asio::awaitable<void> ParcelLoad::Packer::work(Packer& self) {
    if (!self.signed_in) {
        std::string code = badge;
        self.signed_in = co_await self.scan(code);
    }
    bool going = self.signed_in;
    while (going && self.shared.fault.empty() && Clock::now() < self.shared.end)
        going = co_await self.pack();
    --self.shared.under_way;
}

ParcelLoad::ParcelLoad(const Site& site) : shared_(std::make_unique<Shared>()) {
    for (std::size_t i = 0; i < site.scanner_ports.size(); ++i)
        packers_.push_back(std::make_unique<Packer>(*shared_, site, i));
    thread_ = std::thread([this] { shared_->io.run(); });
}

ParcelLoad::~ParcelLoad() {
    shared_->io.stop();
    thread_.join();
}

Samples ParcelLoad::run(double seconds, const std::function<void()>& watch) {
    const auto start = Clock::now();
    shared_->under_way = packers_.size();
    asio::post(shared_->io, [this, start, seconds] {
        shared_->samples = {};
        shared_->end = start + std::chrono::microseconds(static_cast<std::int64_t>(seconds * 1e6));
        for (auto& packer : packers_) {
            auto working = Packer::work(*packer);
            asio::co_spawn(shared_->io, std::move(working), asio::detached);
        }
    });
    for (int looks = 1; shared_->under_way > 0; ++looks) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        if (watch && looks % 40 == 0) watch();
    }
    if (!shared_->fault.empty()) throw std::runtime_error(shared_->fault);
    shared_->samples.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return std::move(shared_->samples);
}

}  // namespace kemas::bench
