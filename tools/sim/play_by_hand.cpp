#include "tools/sim/play_by_hand.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdio>

namespace kemas::sim {

namespace asio = boost::asio;

namespace {

void run_until_told(asio::io_context& loop) {
    asio::signal_set signals(loop, SIGINT, SIGTERM);
    signals.async_wait([&loop](boost::system::error_code, int) { loop.stop(); });
    std::fflush(stdout);
    loop.run();
}

}  // namespace

Result<void> play_scale(ModbusScaleServer::Options options, Milligrams gross,
                        ScaleTrouble trouble) {
    asio::io_context loop(1);
    ModbusScaleServer scale(loop.get_executor(), options);
    if (auto started = scale.start(); !started) return started;
    scale.put(gross);
    scale.set_trouble(trouble);
    std::printf("scale: Modbus TCP on %s:%d, unit %d, profile kemas-sim, %lld g on it\n",
                options.address.c_str(), scale.port(), options.unit,
                static_cast<long long>(gross.value / 1000));
    run_until_told(loop);
    return {};
}

Result<void> play_printer(ZplPrinter::Options options, PrinterTrouble trouble) {
    asio::io_context loop(1);
    options.keep_jobs = false;
    ZplPrinter printer(loop.get_executor(), options, [](const PrintedJob& job) {
        std::printf("job %llu: %zu bytes, %s%s%s\n", static_cast<unsigned long long>(job.no),
                    job.bytes.size(), job.whole ? "whole" : "broken off",
                    job.mark.text.empty() ? "" : ", ", job.mark.text.c_str());
        std::fflush(stdout);
    });
    if (auto started = printer.start(); !started) return started;
    if (auto set = printer.set_trouble(trouble); !set) return set;
    std::printf("printer: raw ZPL on %s:%d, jobs in %s\n", options.address.c_str(), printer.port(),
                options.folder.empty() ? "no folder (--dir)" : options.folder.c_str());
    run_until_told(loop);
    return {};
}

Result<void> play_courier(CourierServer::Options options) {
    asio::io_context loop(1);
    CourierServer courier(loop.get_executor(), options);
    if (auto started = courier.start(); !started) return started;
    std::printf("courier: http://%s:%d, seed %llu\n", options.address.c_str(), courier.port(),
                static_cast<unsigned long long>(options.world.seed));
    run_until_told(loop);
    const auto& made = courier.world().made();
    std::printf("courier: %llu calls, %zu numbers made\n",
                static_cast<unsigned long long>(courier.world().calls()), made.size());
    return {};
}

Result<void> play_label_printer(LabelPrinter::Options options, LabelTrouble trouble) {
    asio::io_context loop(1);
    options.keep_labels = false;
    LabelPrinter printer(loop.get_executor(), options, [](const PhysicalLabel& label) {
        const auto mark = read_mark(label.bytes);
        std::printf("label %llu: %zu bytes%s%s\n", static_cast<unsigned long long>(label.no),
                    label.bytes.size(), mark.text.empty() ? "" : ", ", mark.text.c_str());
        std::fflush(stdout);
    });
    if (auto started = printer.start(); !started) return started;
    if (auto set = printer.set_trouble(trouble); !set) return set;
    std::printf("printer: %s on %s:%d, %d ms a label, %s, labels in %s\n",
                std::string(name_of(options.tongue)).c_str(), options.address.c_str(),
                printer.port(), options.print_ms,
                options.counts ? "tells its count" : "tells no count",
                options.folder.empty() ? "no folder (--dir)" : options.folder.c_str());
    run_until_told(loop);
    return {};
}

Result<void> play_market(MarketServer::Options options) {
    asio::io_context loop(1);
    MarketServer market(loop.get_executor(), options);
    if (auto started = market.start(); !started) return started;
    std::printf("market: http://%s:%d, seed %llu\n", options.address.c_str(), market.port(),
                static_cast<unsigned long long>(options.world.seed));
    run_until_told(loop);
    std::printf("market: %llu calls, %zu packages\n",
                static_cast<unsigned long long>(market.world().calls()),
                market.world().packages().size());
    return {};
}

}  // namespace kemas::sim
