// What the line knows between two events. Plain values; only step() changes them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/line/event.hpp"

namespace kemas::line {

enum class Course {
    open,     // not asked for a lane yet
    asked,    // the books are deciding
    given,    // a lane is given; its gate is ahead
    queued,   // past the gate, its divert waits for the PLC's mailbox
    written,  // its divert is with the PLC, not echoed
    echoed,   // the PLC has taken it
    reject,   // nobody diverts it
};

struct Tracked {
    Number number = 0;
    Pulses zero;  // the unrolled encoder when its edge was at position 0
    std::int64_t length = 0;
    std::size_t next_eye = 1;
    Course course = Course::open;
    std::vector<std::string> codes;    // sorted, each once
    std::vector<std::string> readers;  // which have given their result
    bool weighed = false;
    std::optional<Milligrams> gross;
    std::optional<std::size_t> lane;  // once given
    bool straight_on = false;         // seen behind its divert; its lane will confirm or deny
};

struct EyeState {
    std::uint32_t count = 0;
    std::optional<Pulses> edge;           // of the last body
    std::optional<Pulses> blocked_since;  // the encoder when it became blocked
    int missed = 0;                       // expected bodies in a row that were not counted
    int unproven = 0;                     // of a lane: diverts in a row that were not seen in it
};

struct ReaderState {
    std::optional<Pulses> heard;  // the encoder at its last result
    // It owes this parcel a result (0 = none): its next ones may belong to the parcels before.
    Number owes = 0;
};

// The divert in the PLC's mailbox, and when it was written last.
struct InMailbox {
    Number parcel = 0;
    Instant last;
};

struct LineState {
    std::vector<Tracked> belt;  // in the order of travel, first in front
    std::vector<EyeState> eyes, lane_eyes;
    std::vector<ReaderState> readers;
    std::vector<bool> lane_full, lane_down;    // the PLC's word
    std::vector<bool> lane_shut, lane_closed;  // the line's own, a person's
    bool polled = false;                       // counters below are of a real poll
    std::optional<Reason> distrust;
    bool plc_jammed = false;   // at the last poll
    bool jam_cleared = false;  // a person said so since
    std::optional<Instant> last_poll, last_beat, last_plc_beat;
    std::uint16_t boot = 0, plc_beat = 0, beat = 0, ack = 0;
    std::uint32_t encoder_word = 0;
    Pulses encoder;                      // unrolled
    std::optional<Instant> still_since;  // the encoder has not moved since
    std::optional<InMailbox> mailbox;
    Number last_number = 0;
    std::map<std::string, int> passes;  // by code, of parcels that recirculate
};

}  // namespace kemas::line
