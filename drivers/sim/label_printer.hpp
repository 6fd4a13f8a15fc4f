// A raw TCP label printer as it stands on a bench: it takes one of five languages into a buffer,
// prints slowly, counts every label that comes out (Zebra) and says how it is. It lives on when its
// sender dies.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/fault.hpp"
#include "drivers/sim/printer_stream.hpp"

namespace kemas::sim {

// What lies in the tray.
struct PhysicalLabel {
    std::uint64_t no = 0;  // the printer's own count with it
    std::string bytes;
};

enum class LabelTrouble {
    none,
    refuse,     // connections are refused
    paper_out,  // what is in the buffer waits for a roll
    silent,     // takes and prints, answers nothing
    swallow,    // takes labels, says it is idle, prints nothing: a language it does not know
    power_cut,  // the next label is lost in its middle, with the buffer and every connection
};

class LabelPrinter {
 public:
    using OnLabel = std::function<void(const PhysicalLabel&)>;  // on the loop thread
    struct Options {
        std::string address = "127.0.0.1";
        std::uint16_t port = 0;  // 0 = the system chooses
        PrinterTongue tongue = PrinterTongue::zpl;
        std::string folder;  // each label becomes a file of its own here; empty = none
        int print_ms = 400;  // a label
        bool counts = true;  // knows the odometer's question; only ZPL and CPCL printers are asked
        std::uint64_t counted = 31'084;  // labels before this day
        bool keep_labels = true;         // in memory, see labels()
    };
    LabelPrinter(boost::asio::any_io_executor executor, Options options, OnLabel on_label = {});
    ~LabelPrinter();

    Result<void> start();
    void stop();
    std::uint16_t port() const;
    Result<void> set_trouble(LabelTrouble trouble);

    const std::vector<PhysicalLabel>& labels() const;
    std::uint64_t counter() const;
    std::size_t waiting() const;  // in the buffer

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::sim
