// The PLC of a simulated sorter: latches eyes and encoder, takes one divert after the other through
// its mailbox, fires only at a body it expects, and diverts nothing without its host's heartbeat.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "core/line/decision.hpp"
#include "core/line/event.hpp"
#include "core/line/layout.hpp"
#include "core/quantities.hpp"
#include "drivers/sim/belt.hpp"

namespace kemas::sim {

// What may stand still while the world goes on.
enum class Stuck { nothing, encoder, eye_count, eye_edge, lane_count, heartbeat, ack };

struct DivertWords {  // as they stand in the mailbox
    std::uint16_t wire = 0, lane = 0, length = 0;
    std::uint32_t target = 0;
};

class SorterPlc {
 public:
    SorterPlc(const line::Layout& layout, Belt& belt);

    void tick(Instant now);  // its program's cycle
    // All of its registers at once.
    line::Polled look() const;

    void take_beat(std::uint16_t value);
    void take_divert(const DivertWords& words);
    void clear_jam() { jammed_ = false; }
    bool fire(std::size_t lane, double edge, double length);  // the belt asks at each divert

    void restart();  // counters, encoder and memory to zero
    void jam() { jammed_ = true; }
    bool jammed() const { return jammed_; }
    bool safe() const { return safe_; }
    // Of the last divert: 0 none yet, 1 taken, else why not, as the profile plc-mailbox has it.
    std::uint16_t result() const { return result_; }
    void stick(Stuck what, std::size_t which);
    void count_double(std::size_t eye, bool latches);  // its counter bounces
    std::vector<bool> full, down;
    std::vector<std::uint16_t> fired;  // by lane, the last divert done there

 private:
    line::Polled fresh() const;
    line::EyeReading reading(const BeltEye& eye, const BeltEye& zero) const;

    const line::Layout& layout_;
    Belt& belt_;
    Instant now_, host_heard_;
    std::uint16_t boot_ = 1, ack_ = 0, host_beat_ = 0, result_ = 0;
    line::Echo echo_ = line::Echo::none;
    Instant started_;
    bool safe_ = true, jammed_ = false;
    double encoder_zero_ = 0;
    std::vector<BeltEye> eye_zero_, lane_zero_;
    std::vector<std::uint64_t> extra_;
    std::vector<std::optional<double>> extra_edge_;
    std::deque<DivertWords> waiting_;
    Stuck stuck_ = Stuck::nothing;
    std::size_t which_ = 0;
    line::Polled held_;
};

}  // namespace kemas::sim
