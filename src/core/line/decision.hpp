// What the line wants done, and what it tells. The one who performs it brings back the outcome with
// the next polls: a write's answer proves nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/line/event.hpp"

namespace kemas::line {

// ---- acts ---------------------------------------------------------------------------------

// To the PLC, at least every 500 ms (reliability.md, functional safety).
struct BeatHeart {
    std::uint16_t value = 0;
};
// Which lane? Answer with LaneGiven or LaneDenied.
struct AskLane {
    Number parcel = 0;
    std::vector<std::string> codes;  // each once, sorted
    std::optional<Milligrams> gross;
    std::vector<bool> lanes_open;  // as Layout::lanes
    int passes = 1;                // times it has come past, this one counted
};
// One block with its number last; repeated with the same number until the PLC echoes it. A write
// that cannot begin within `not_after` must not begin at all.
struct WriteDivert {
    Number parcel = 0;
    std::uint16_t wire = 0;  // 1 to 65535
    std::size_t lane = 0;
    std::uint32_t target = 0;  // the encoder when the body's edge is at the divert
    std::uint16_t length = 0;  // of the body; 0 = not known
    Milliseconds not_after;    // from now
};
// Only ever after a person asked.
struct ClearJam {
    std::string by;
};

// ---- tidings ------------------------------------------------------------------------------

// On its way to the reject lane, or lost on the way. Told once a parcel.
struct Rejected {
    Number parcel = 0;
    Reason reason = Reason::lost;
    std::string why;  // more about it, where there is more
    std::vector<std::string> codes;
};
struct RejectSeen {  // arrived in the reject lane
    Number parcel = 0;
};
// The end of a divert that was given: done = echoed and counted in its lane; failed = surely did
// not happen; unknown = nobody can tell, a person must look.
enum class Proof { done, failed, unknown };
struct DivertEnded {
    Number parcel = 0;
    std::size_t lane = 0;
    Proof proof = Proof::unknown;
    std::string detail;
};
// A body came into a lane where none was expected.
struct Stray {
    std::size_t lane = 0;
};
struct LaneShut {  // by the line itself: its counter proves nothing any more
    std::size_t lane = 0;
};
struct DoubleCount {
    std::string eye;
};
struct EyeSilent {  // several bodies in a row were not counted there
    std::string eye;
};
struct ReaderLate {  // it owes results; what it says is not believed until a pause
    std::string reader;
};
// The whole line is not trusted: whatever lies on it is rejected.
struct Distrusted {
    Reason reason = Reason::link_lost;
};
// Polls are good again, or the jam is cleared; parcels that come from now on are diverted.
struct Trusted {};

using Action =
    std::variant<BeatHeart, AskLane, WriteDivert, ClearJam, Rejected, RejectSeen, DivertEnded,
                 Stray, LaneShut, DoubleCount, EyeSilent, ReaderLate, Distrusted, Trusted>;

}  // namespace kemas::line
