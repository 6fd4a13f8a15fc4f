// A conveyor line as data: eyes, scan points, where lanes branch off and what they take. Positions
// are belt travel in encoder pulses from the first eye. Knows no PLC and no register.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/fault.hpp"
#include "core/quantities.hpp"

namespace kemas::line {

using Pulses = Quantity<struct PulsesTag>;  // belt travel, counted by the encoder

// A photo-eye on the main belt. The first one is where parcels come in, the last one where what
// nobody diverted runs out: the reject lane.
struct Eye {
    std::string name;
    Pulses at;
    Pulses window;  // a body this far from where it was expected is another body
};

struct Reader {  // a side scanner or a camera: one result for each parcel
    std::string name;
    Pulses at;
    Pulses reach;  // a result comes while the parcel's edge is no further than this past `at`
    bool always_answers = true;  // it says so when it read nothing
};

// The scale's own place, when Kemas weighs there itself: a body whose tail is past `from` and whose
// head is not past `to` lies on it whole.
struct Plate {
    Pulses from, to;
};

struct Service {
    std::string courier;  // "*" = any
    std::string service;  // "" = any
    friend bool operator==(const Service&, const Service&) = default;
};

struct Lane {
    std::string name;
    std::size_t gate = 0;  // the eye whose edge lets the divert be written
    Pulses divert_at;
    Pulses seen_after;  // from the divert to the lane's own eye
    Pulses window;      // of the lane's own eye
    std::vector<Service> takes;
    std::vector<std::string> fallback;  // lanes to use instead, in this order
    bool recirculates = false;          // what goes in comes past the first eye again
};

struct Layout {
    std::vector<Eye> eyes;  // in the order of travel, at least the first and the last
    std::vector<Reader> readers;
    std::optional<Reader> scale;  // where weights come from; none = parcels are not weighed here
    std::optional<Plate> plate;   // of that scale; none = its results come by themselves
    Pulses decide_at;             // scans and weight must be there by now; the lane is asked for
    std::vector<Lane> lanes;      // without the reject lane
    int most_passes = 3;          // times a parcel may come past before it is rejected
    Pulses shortest_pitch;        // two bodies' edges are never closer: closer is a double count
    Pulses longest_body;          // an eye blocked for more travel than this is a jam
    Pulses length_tolerance;      // a body this much longer or shorter is another body
    Pulses doubt;       // neighbours this near to a lost or foreign body are not trusted either
    Pulses least_lead;  // a divert must be written this long before its place
    std::int64_t most_pulses_per_s = 0;  // the belt is never faster; more is a counter's jump
    int counter_bits = 16;               // of the eyes' counters, 16 or 32
};

// The first thing wrong with a layout, naming it: order of the eyes, overlapping windows, lanes
// that nobody can reach, fallbacks that do not exist.
Result<void> check(const Layout& layout);

std::optional<std::size_t> lane_named(const Layout& layout, const std::string& name);

}  // namespace kemas::line
