// Where a station stands. Saved in the commit of every input, so a restart finds every operator
// where they were.
#pragma once

#include <string>

#include "core/ids.hpp"
#include "core/marks.hpp"
#include "core/quantities.hpp"

namespace kemas {

enum class StationKind {
    bench,    // pick (or check) and pack, weigh, label
    pick,     // pick into a tote, nothing else
    dock,     // hand staged parcels over
    returns,  // look through what came back
};

enum class Stage {
    idle,      // waits for an order, tote or label
    items,     // waits for locations and items
    weighing,  // waits for a settled weight
    label,     // waits for the label: to be drawn, printed, scanned back
};

struct Load {  // what lies on the station's scale
    std::string scale;
    std::uint64_t settling = 0;  // 0 = nothing settled
    Milligrams gross, division;
    std::string raw, fault;
    std::uint64_t used = 0;  // the settling the last parcel took; never taken again
    Milligrams taken;  // what that parcel weighed, until it is seen to leave the pan; 0 = it left
};

struct LastPick {  // for undo; quantity 0 = nothing to undo
    OrderId order;
    int line_no = 0;
    std::int64_t quantity = 0;
    std::string location, lot;  // where it came from; empty location = not off the shelf
    Marks marks;
};

struct Station {
    std::string name;
    StationKind kind = StationKind::bench;
    std::string printer;      // device name; empty = none
    std::string operator_id;  // empty = nobody signed in
    Stage stage = Stage::idle;
    OrderId order;  // the job's order, and with it its combine group
    ParcelId parcel;
    std::string location;  // the last one scanned
    std::string lot;       // told by `*K*lot:`, for goods whose barcode does not carry it
    LastPick last_pick;
    Load load;
    std::string asked, asked_arg;  // a question waits for a badge or a second scan
    std::string last_code;         // against accidental double scans
    Instant last_code_at;
};

}  // namespace kemas
