// Why a parcel goes to the reject lane, and why the whole line is not trusted.
#pragma once

#include <string_view>

namespace kemas::line {

enum class Reason {
    no_read,          // no reader saw a code
    two_results,      // one reader gave two results for one parcel: somebody else's code
    weight_refused,   // the in-motion scale gave no weight
    not_weighed,      // no result of the scale at all
    no_answer,        // the books did not answer before the lane
    refused,          // the books say no: stopped order, voided label, unknown code
    no_lane,          // no lane takes this courier and service
    lanes_shut,       // its lanes are full or down
    too_many_passes,  // came round too often
    foreign,          // a body nobody let in
    lost,             // not seen where it should have been
    doubtful,         // too near a lost or foreign body, or cannot be told from another
    other_length,     // the body in its place is longer or shorter
    unseen_gap,       // passed an eye while nobody looked
    too_late,         // the divert could not be written in time
    plc_refused,      // the PLC answered no
    no_echo,          // the PLC did not confirm the divert
    not_diverted,     // seen going straight on after its divert
    plc_restarted,    // counters began anew
    link_lost,        // no poll for too long
    plc_frozen,       // answers, but its heartbeat stands still
    encoder_fault,    // stands still or jumps
    jam,              // people have been at the belt
};

// "no_read": the word of settings, messages and facts.
std::string_view to_text(Reason reason);

}  // namespace kemas::line
