// A conveyor line's place in the daemon: its questions and outcomes go to the books as inputs,
// their answers and a person's words go back. Loop thread only. Decides nothing.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/beat_gate.hpp"
#include "app/line_live.hpp"
#include "app/modbus_lines.hpp"
#include "core/fault.hpp"
#include "core/line/layout.hpp"
#include "runtime/inbox.hpp"
#include "runtime/line_runner.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

struct LineDeskOptions {
    std::function<void(Envelope, runtime::OnDone)> submit;
    std::function<std::string(const Answer&)> text_for;
    Pulse books;        // of the ledger's thread: while it stands still the PLC hears no heartbeat
    std::string epoch;  // id of this start, for keys
};

class LineDesk : public std::enable_shared_from_this<LineDesk> {
 public:
    // Faults: a profile that cannot be read, or has not what this layout needs.
    static Result<std::shared_ptr<LineDesk>> make(boost::asio::any_io_executor loop,
                                                  const settings::LineSettings& from,
                                                  const line::Layout& layout,
                                                  LineDeskOptions options);

    void start();
    void stop();
    // One result of a reader; no codes = it read nothing.
    void scanned(const std::string& reader, std::vector<std::string> codes);
    // A person's word.
    void jam_cleared(const std::string& by);
    bool switch_lane(const std::string& lane, bool open, const std::string& by);  // false = no such

    const std::string& name() const { return name_; }
    DeviceHealth health() const { return conveyor_->health(); }
    LineLive live() const;
    std::vector<Heart> hearts() const { return bus_->hearts(); }

 private:
    LineDesk() = default;
    void ask(const line::AskLane& asked);
    void answered(line::Number parcel, const Done& done);
    void started(line::Number parcel, std::size_t lane, EffectId effect, const Done& done);
    void deny(line::Number parcel, const Answer& answer);
    void hear(const line::Action& action);
    void submit(const std::string& what, Input input, runtime::OnDone on_done);

    std::string name_;
    LineDeskOptions options_;
    std::unique_ptr<ModbusLines> bus_;
    std::unique_ptr<Conveyor> conveyor_;
    std::unique_ptr<runtime::LineRunner> runner_;
    std::map<line::Number, EffectId> diverts_;  // started in the books, not ended
    std::string last_reject_;
    std::int64_t inputs_ = 0, in_lanes_ = 0, rejected_ = 0, unknown_ = 0;
};

}  // namespace kemas::app
