// A conveyor line's place in the daemon: its questions and outcomes go to the books as inputs,
// their answers and a person's words go back. Loop thread only. Decides nothing.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/beat_gate.hpp"
#include "app/line_feeds.hpp"
#include "app/line_live.hpp"
#include "app/line_outbox.hpp"
#include "app/modbus_lines.hpp"
#include "core/fault.hpp"
#include "core/line/layout.hpp"
#include "drivers/scale/scale_stream.hpp"
#include "runtime/inbox.hpp"
#include "runtime/line_runner.hpp"
#include "runtime/line_scale.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

struct LineDeskOptions {
    std::function<void(Envelope, runtime::OnDone)> submit;
    std::function<std::string(const Answer&)> text_for;
    Pulse books;        // of the ledger's thread: while it stands still the PLC hears no heartbeat
    std::string epoch;  // id of this start, for keys
    // Asks the books which lanes of this line are shut; false = ask again later.
    std::function<bool(std::function<void(std::vector<ShutLane>)>)> shut_lanes;
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
    // A person's word, in the books before anything moves; `on_end` hears what came of it.
    using OnAnswer = std::function<void(const Answer&)>;
    void clear_jam(const std::string& by, const std::string& reason, OnAnswer on_end);
    // Of a feed that there is.
    void clear_feed(const std::string& feed, conveyor::Zone zone, const std::string& by,
                    const std::string& reason, OnAnswer on_end);
    void switch_lane(const std::string& lane, bool open, const std::string& by,
                     const std::string& reason, OnAnswer on_end);
    bool has_lane(const std::string& lane) const;
    bool has_feed(const std::string& feed) const { return feeds_.has(feed); }

    const std::string& name() const { return name_; }
    std::vector<DeviceHealth> health() const;  // of the PLC and what is beside the belt
    LineLive live() const;
    std::vector<Heart> hearts() const { return bus_->hearts(); }

 private:
    LineDesk() = default;
    static Result<profile::ScaleProfile> load_scale(const settings::LineScaleSettings& from);
    void make_stream(boost::asio::any_io_executor loop, const settings::LineScaleSettings& from,
                     profile::ScaleProfile profile);
    void start_scale();
    void ask(const line::AskLane& asked);
    void answered(line::Number parcel, const Done& done);
    void started(line::Number parcel, std::size_t lane, EffectId effect, const Done& done);
    void deny(line::Number parcel, const Answer& answer);
    void hear(const line::Action& action);
    void begin();
    void open_up(line::Number last_number);
    void run(line::Number last_number, const std::vector<ShutLane>& shut);
    void clear(LineJamClearAsked asked, std::function<void(OnJamCleared)> act, OnAnswer on_end);
    void end_jam(EffectId effect, const Result<void>& cleared, OnAnswer on_end);
    Envelope envelope(const std::string& what, Input input);

    std::string name_;
    LineDeskOptions options_;
    boost::asio::any_io_executor loop_;
    std::optional<settings::LineScaleSettings> weighs_;
    std::optional<line::Layout> layout_;
    std::shared_ptr<LineOutbox> outbox_;
    std::unique_ptr<boost::asio::steady_timer> again_;
    bool stopped_ = false;
    std::unique_ptr<ModbusLines> bus_;
    LineFeeds feeds_;
    std::unique_ptr<Conveyor> conveyor_;
    std::unique_ptr<runtime::LineRunner> runner_;  // once the books have said where to begin
    std::unique_ptr<scale::ScaleStream> stream_;   // none = the line does not weigh
    std::unique_ptr<runtime::LineScale> scale_;
    std::map<line::Number, EffectId> diverts_;  // started in the books, not ended
    std::string last_reject_, last_reject_text_;
    std::int64_t inputs_ = 0, in_lanes_ = 0, rejected_ = 0, unknown_ = 0;
};

}  // namespace kemas::app
