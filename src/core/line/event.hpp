// What the line hears. Every event carries its time; times never run backwards.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/line/layout.hpp"
#include "core/line/reason.hpp"
#include "core/quantities.hpp"

namespace kemas::line {

// Counted up by the line from 1; never used twice, over restarts of the PLC too.
using Number = std::int64_t;

struct EyeReading {
    std::uint32_t count = 0;            // bodies counted; rolls over
    std::optional<std::uint32_t> edge;  // the encoder at the last counted edge, where latched
    std::int64_t length = 0;            // of the last body, in pulses; 0 = not known
    bool blocked = false;
};

struct LaneReading {
    EyeReading eye;
    bool full = false, down = false;
};

enum class Echo { none, accepted, refused };

// One consistent look at the PLC: everything of it was read in one answer.
struct Polled {
    Instant at;
    std::uint16_t boot = 0;       // changes when the PLC starts anew
    std::uint16_t heartbeat = 0;  // changes while the PLC's program runs
    std::uint32_t encoder = 0;
    bool stopped = false, jammed = false;
    std::uint16_t ack = 0;  // the last divert's wire number that the PLC has processed
    Echo echo = Echo::none;
    std::vector<EyeReading> eyes;  // as Layout::eyes
    std::vector<LaneReading> lanes;
};
// Time passes without a poll: the link is broken or slow.
struct Ticked {
    Instant at;
};
// One result of one reader; no codes = it looked and read nothing.
struct Scanned {
    Instant at;
    std::string reader;
    std::vector<std::string> codes;
};
struct Weighed {
    Instant at;
    std::optional<Milligrams> gross;  // none = refused
    std::string why;                  // of a refusal
    Number parcel = 0;                // whose it is; 0 = of the one that is at the scale
};
// The books' answer to AskLane: the divert is planned and started, and may be written.
struct LaneGiven {
    Instant at;
    Number parcel = 0;
    std::size_t lane = 0;
};
struct LaneDenied {
    Instant at;
    Number parcel = 0;
    Reason reason = Reason::refused;
    std::string why;  // for the screen
};
// A person cleared the jam and says so.
struct JamCleared {
    Instant at;
    std::string by;
};
// What came of it: the PLC would not, or nobody knows.
struct JamStays {
    Instant at;
};
// A person takes a lane out of use, or gives it back (also after the line shut it itself).
struct LaneSwitched {
    Instant at;
    std::size_t lane = 0;
    bool open = true;
    std::string by;
};

using LineEvent = std::variant<Polled, Ticked, Scanned, Weighed, LaneGiven, LaneDenied, JamCleared,
                               JamStays, LaneSwitched>;

}  // namespace kemas::line
