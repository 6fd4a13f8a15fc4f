// A day on the floor, played against a real kemasd: benches with a scanner, a scale and a printer,
// a packer at each. Knows the dialog only from outside: codes in, answers and paper out.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tools/sim/demo_day.hpp"
#include "tools/sim/http_call.hpp"

namespace kemas::sim {

struct BenchOptions {
    std::string name;
    boost::asio::ip::tcp::endpoint scanner;  // kemasd's port for this bench's scanner
    std::uint16_t scale_port = 0;            // we listen, kemasd connects
    std::uint16_t printer_port = 0;
};

struct ShiftOptions {
    std::vector<BenchOptions> benches;
    std::optional<HttpTarget> http;  // none: nothing is cancelled, states are what the floor saw
    std::string printer_folder;      // one folder a bench below it; empty = paper is not kept
    std::string journal;             // one JSON line for each answer and each label; empty = none
    std::string run;                 // makes scan ids of this run unique in the ledger
    std::uint64_t seed = 1;
    double speed = 20;      // people are this many times faster
    int wrong_percent = 4;  // scans that are wrong on purpose
    bool scan_locations = false;
    Milliseconds scale_settle{60};
    Milliseconds label_within{15'000};
    Milliseconds answer_within{20'000};
    Milliseconds wait{30'000};    // for kemasd and for the orders to be there
    Milliseconds limit{120'000};  // for everything
};

// How an order ended, as the floor and as kemasd tell it.
struct Outcome {
    std::string bench;
    std::string floor = "waiting";  // staged, aside, stuck, waiting
    std::string code, text;         // of the refusal that put it aside
    std::string tracking;           // as read from the paper
    std::string state;              // what kemasd says at the end
    bool as_planned = false;
};

struct Tally {
    std::uint64_t scans = 0, wrong_on_purpose = 0, wrong_accepted = 0, refused = 0, labels = 0;
    std::uint64_t reweighed = 0, overridden = 0, cancels = 0, resent = 0;
};

struct ShiftResult {
    std::vector<Outcome> outcomes;  // as DemoDay::orders
    Tally tally;
    std::vector<std::string> tracking_numbers;  // on paper, in the order they came
    std::vector<std::string> duplicates;        // marks of labels that came twice
    std::vector<std::string> troubles;          // sentences for a person
    bool in_time = false;
    std::int64_t took_ms = 0;
    bool as_planned() const;
};

// Blocks until the shift is over or its limit is reached. A fault: it could not begin.
Result<ShiftResult> play_shift(const DemoDay& day, const ShiftOptions& options);

// report.cpp
std::string table_text(const DemoDay& day, const ShiftResult& result);
std::string json_text(const DemoDay& day, const ShiftResult& result);

}  // namespace kemas::sim
