// Speaks IPP to one printer or CUPS queue. Blocks: for a thread of its own. Every call ends at its
// deadline or soon after stop(). Knows no queue of jobs and no ledger. The only user of libcups.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include "core/fault.hpp"
#include "drivers/printer/ipp_status.hpp"

namespace kemas::printer {

class IppTalk {
 public:
    /// `uri`: ipp://host:631/printers/label, or ipps, http, https.
    explicit IppTalk(std::string uri);
    ~IppTalk();

    void stop();  // from any thread; what is under way fails
    bool stopped() const { return stopped_; }

    Result<IppPrinterFacts> ask_printer(std::chrono::milliseconds limit);

    struct Sent {
        enum class Kind {
            accepted,  // it is job `id`
            refused,   // the printer made no job of it; nothing will come out
            unsent,    // no byte of the document left
            lost,      // some left, and no answer came back
        };
        Kind kind = Kind::lost;
        int id = 0;
        std::string why;
    };
    /// `stall`: the longest time without progress.
    Sent print(const std::string& document, const std::string& format,
               std::chrono::milliseconds stall);
    Result<IppJobFacts> ask_job(int id, std::chrono::milliseconds limit);

    static bool is_uri(const std::string& uri);

 private:
    struct Line;
    Result<Line*> line(std::chrono::milliseconds limit);

    std::string uri_;
    std::atomic<bool> stopped_ = false;
    int cancel_ = 0;  // libcups reads it while connecting
    std::unique_ptr<Line> line_;
};

}  // namespace kemas::printer
