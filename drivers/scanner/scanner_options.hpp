// What every scanner is told, and what it counts. Knows no station.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/fault.hpp"
#include "drivers/scanner/talk.hpp"
#include "ports/device_health.hpp"

namespace kemas::scanner {

// One call per change, never one per failure. `event` is a fixed word ("scanner.up").
using LogSink = std::function<void(std::string_view event, std::string detail)>;

struct ScannerOptions {
    std::string name;   // as the site file names it
    std::string epoch;  // id of this start of the daemon: keys never repeat over a restart
    FramerOptions framing;
    Protocol protocol = Protocol::line;
    std::string gs_substitute;
    int answer_within_ms = 0;             // 0 = what the protocol says
    std::string good, bad;                // honeywell: its bytes for recorded and refused
    std::string on_connect;               // bytes a reader is sent first, as its profile says
    std::string trigger_on, trigger_off;  // that make it read and stop; empty = it has none
    std::size_t max_waiting = 64;         // unanswered lines of one connection; then reading pauses
    int write_timeout_ms = 5'000;         // a peer that does not take its answers is dropped
    LogSink log;
};

inline TalkOptions talk_options(const ScannerOptions& from) {
    return {from.protocol,         from.framing, from.gs_substitute,
            from.answer_within_ms, from.good,    from.bad};
}

/// The bytes of a trigger; a fault when the reader's profile documents none.
inline Result<std::string> trigger_bytes(const ScannerOptions& from, bool on) {
    const std::string& bytes = on ? from.trigger_on : from.trigger_off;
    if (!bytes.empty()) return bytes;
    return fail(Remedy::stop, "its profile documents no such trigger command: use its own trigger");
}

struct ScannerCounts {
    std::uint64_t lines = 0, bad_frames = 0, no_reads = 0, heartbeats = 0;
    std::uint64_t cut_lines = 0;     // begun when the connection ended: never delivered
    std::uint64_t connections = 0;   // accepted or made since the start
    std::uint64_t refused = 0;       // over the limit of connections
    std::uint64_t late_answers = 0;  // the scanner had given up: not sent
    std::uint64_t repeats = 0;       // a code the scanner sent again, no new scan
};

inline LiveFacts live_of(const ScannerCounts& counts) {
    const auto number = [](std::uint64_t n) { return std::to_string(n); };
    return {{"codes", number(counts.lines)},
            {"no-reads", number(counts.no_reads)},
            {"heartbeats", number(counts.heartbeats)},
            {"bad frames", number(counts.bad_frames)},
            {"cut lines", number(counts.cut_lines)},
            {"repeats", number(counts.repeats)},
            {"late answers", number(counts.late_answers)},
            {"connections", number(counts.connections)}};
}

}  // namespace kemas::scanner
