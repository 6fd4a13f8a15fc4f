// A raw TCP label printer (port 9100) that keeps what it got, byte for byte. Answers `~HS`, closes
// after the sender's half-close, draws nothing.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/fault.hpp"
#include "core/quantities.hpp"

namespace kemas::sim {

// The comment by which kemasd marks a job: `^FX kemas parcel=7 rev=1 tracking=JX1^FS`.
struct JobMark {
    std::string text;  // the whole comment, "kemas parcel=7 rev=1 tracking=JX1"; empty = none
    std::string parcel, revision, tracking;
};
JobMark read_mark(const std::string& bytes);

struct PrintedJob {
    std::uint64_t no = 0;  // from 1, in the order of their ends
    std::string bytes;
    bool whole = false;  // ended by the sender's half-close; else the connection broke
    JobMark mark;
};

enum class PrinterTrouble {
    none,
    refuse,  // connections are refused
    hang,    // connections are taken, nothing is read
    die,     // the connection breaks after `die_after` bytes
    slow,    // about `slow_bytes_per_s`
};

class ZplPrinter {
 public:
    using OnJob = std::function<void(const PrintedJob&)>;  // on the loop thread
    struct Options {
        std::string address = "127.0.0.1";
        std::uint16_t port = 0;  // 0 = the system chooses
        std::string folder;      // each job becomes a file of its own here; empty = none
        std::size_t die_after = 100;
        std::size_t slow_bytes_per_s = 4096;
        std::size_t max_job_bytes = 8u << 20;
        bool keep_jobs = true;  // in memory, see jobs()
    };
    ZplPrinter(boost::asio::any_io_executor executor, Options options, OnJob on_job = {});
    ~ZplPrinter();

    Result<void> start();
    void stop();
    std::uint16_t port() const;
    Result<void> set_trouble(PrinterTrouble trouble);

    const std::vector<PrintedJob>& jobs() const;
    // Marks that came whole more than once: a label printed twice.
    std::vector<std::string> duplicates() const;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::sim
