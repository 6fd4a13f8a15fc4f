// One packer at one bench: scans, packs, weighs, sticks the label. Everything that happens at the
// bench is told to the Floor, which all packers share.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <deque>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "drivers/sim/modbus_scale_server.hpp"
#include "drivers/sim/scanner_client.hpp"
#include "drivers/sim/signal.hpp"
#include "drivers/sim/zpl_printer.hpp"
#include "tools/sim/shift.hpp"

namespace kemas::sim {

struct Floor {
    const DemoDay& day;
    const ShiftOptions& options;
    ShiftResult result;
    std::ofstream journal;

    void note_answer(const std::string& bench, const std::string& code, const ScanAnswer& answer);
    void note_paper(const std::string& bench, const PrintedJob& job);
};

// A refusal's code: the job cannot go on at this bench, whoever stopped it.
bool ends_job(const std::string& code);

class Packer {
 public:
    Packer(boost::asio::any_io_executor executor, Floor& floor, BenchOptions bench,
           std::string badge, std::uint64_t seed);

    Result<void> start();  // scale and printer listen
    void stop();
    // Signs in and works through the jobs; returns when each is staged or put aside.
    boost::asio::awaitable<void> work(std::vector<std::size_t> jobs);
    std::vector<std::string> duplicates() const { return printer_.duplicates(); }
    std::uint64_t resent() const { return scanner_.resent(); }
    std::string ports() const;

 private:
    struct Job {
        std::vector<std::size_t> orders;
        std::string open_code, paper, carton;
        std::vector<DraftLine> lines;
        Milligrams weight;
    };

    Job job_of(std::size_t place);
    boost::asio::awaitable<void> pack(Job job);
    boost::asio::awaitable<bool> open(Job& job);
    boost::asio::awaitable<bool> put_items(Job& job);
    boost::asio::awaitable<bool> put_unit(Job& job, std::string code);
    boost::asio::awaitable<void> wrong_scan(Job& job);
    boost::asio::awaitable<std::string> weigh_and_label(Job& job);
    boost::asio::awaitable<void> weigh_again(Job& job, int times);
    boost::asio::awaitable<void> stage(Job& job, std::string tracking);
    boost::asio::awaitable<void> cancel_when(Job& job, PlannedCancel::Moment moment);
    boost::asio::awaitable<void> see_pan();
    boost::asio::awaitable<ScanAnswer> scan(std::string code);
    boost::asio::awaitable<void> pause(int human_ms);
    void put_aside(Job& job, const ScanAnswer& answer);
    Milligrams some(Milligrams mean, Milligrams spread);
    bool chance(int percent);

    boost::asio::any_io_executor executor_;
    Floor& floor_;
    BenchOptions bench_;
    std::string badge_;
    std::mt19937_64 random_;
    Signal news_;
    std::deque<PrintedJob> papers_;
    std::deque<ScanAnswer> pushes_;
    ModbusScaleServer scale_;
    ZplPrinter printer_;
    ScannerClient scanner_;
};

}  // namespace kemas::sim
