// One line at work: its PLC, its readers and its scale on one side, the books on the other, the
// pure state machine between them. Loop thread only. Knows no order and no journal.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/line/step.hpp"
#include "ports/conveyor.hpp"

namespace kemas::runtime {

class LineRunner {
 public:
    struct Events {
        // The books must answer by give() or deny(), durable first.
        std::function<void(const line::AskLane&)> ask;
        // Rejected, RejectSeen, DivertEnded, Stray, LaneShut, DoubleCount, EyeSilent, ReaderLate,
        // Distrusted, Trusted.
        std::function<void(const line::Action&)> told;
    };
    // `layout` has passed line::check(). The conveyor outlives the runner. `last_number` is the
    // highest parcel number that the books know of this line.
    LineRunner(boost::asio::any_io_executor executor, line::Layout layout, Conveyor& conveyor,
               line::Number last_number);
    ~LineRunner();  // as stop()
    LineRunner(const LineRunner&) = delete;
    LineRunner& operator=(const LineRunner&) = delete;

    void start(Events events);
    void stop();

    void scanned(const std::string& reader, std::vector<std::string> codes);
    // `parcel` = 0: whoever is at the scale now.
    void weighed(std::optional<Milligrams> gross, const std::string& why, line::Number parcel = 0);
    void give(line::Number parcel, std::size_t lane);
    void deny(line::Number parcel, line::Reason reason, const std::string& why);
    // A person's word.
    // `on_end` hears once: cleared (by the PLC's own sign, or there was nothing of the PLC's to
    // clear), else a fault: retry = nothing was done, call_person = sent, and nobody knows.
    void jam_cleared(const std::string& by, OnJamCleared on_end);
    void switch_lane(std::size_t lane, bool open, const std::string& by);

    const line::Layout& layout() const;
    const line::LineState& state() const;  // for the dashboard

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kemas::runtime
