// A station's place in the daemon: lines of its scanners and events of its scale go in as inputs,
// answers go back to the one who scanned. Knows no dialog.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "ports/scale.hpp"
#include "ports/scanner.hpp"
#include "runtime/inbox.hpp"

namespace kemas::runtime {

struct DeskOptions {
    std::function<void(Envelope, OnDone)> submit;
    std::function<std::string(const Answer&)> line_for;  // "+|text" or "-|code|text"
    std::function<void(const Answer&)> on_answer;        // to each scan, for the counters
    // After a scan's answer has gone to its scanner; may be empty.
    std::function<void(const std::string& station, const Answer&)> after_scan;
    std::string epoch;  // id of this start, for keys
};

class Desk {
 public:
    explicit Desk(DeskOptions options) : options_(std::move(options)) {}

    void on_line(const std::string& station, ScannedLine line);
    void on_scale(const std::string& station, const std::string& scale, const ScaleEvent& event);
    // The scale speaks again, or for the first time: what lay there before counts no more.
    void on_scale_up(const std::string& station, const std::string& scale);
    // Something happened without a scan. It goes, marked with `!`, to the station's last scanner.
    void show(const std::string& station, const Answer& answer);

 private:
    void tell_scale(const std::string& station, const std::string& scale, Input input);

    DeskOptions options_;
    std::map<std::string, std::function<void(std::string)>> last_reply_;
    std::uint64_t scale_events_ = 0;
};

}  // namespace kemas::runtime
