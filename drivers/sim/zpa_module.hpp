// One simulated ConveyLinx module, two zones, in ZPA mode, with the registers of
// firmware-profiles/conveyor/conveylinx-zpa.toml: the input assembly at 4:1500, which answers only
// from its first register and at most 45 of them, and the module's own 4:0020, 4:0109 and 4:0189.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/quantities.hpp"
#include "drivers/sim/register_server.hpp"

namespace kemas::sim {

class ZpaModule {
 public:
    enum Zone : std::size_t { upstream = 0, downstream = 1 };

    void tick(Milliseconds step);  // cartons move on, a zone a second
    void arrive();                 // a carton comes from before; ignored while the zone is taken
    void jam(Zone zone) { zones_[zone].jam = true; }
    void reset();  // its power was out: counters from 0
    std::uint16_t departed() const { return zones_[downstream].departures; }
    bool stopped() const { return stopped_; }

    // As RegisterMap has them, wire addresses. Nothing: the module does not answer at all.
    std::optional<Words> read(std::uint16_t start, std::uint16_t count) const;
    bool write(std::uint16_t start, const Words& values);

 private:
    struct ZoneState {
        bool taken = false, jam = false;
        std::int64_t moving_ms = 0;
        std::uint16_t arrivals = 0, departures = 0, clear_word = 0;
    };
    bool runs(Zone zone) const { return !stopped_ && !zones_[zone].jam; }
    std::uint16_t state_of(Zone zone) const;

    std::array<ZoneState, 2> zones_;
    bool stopped_ = false, was_reset_ = true;
    std::int64_t ran_ms_ = 0;
};

}  // namespace kemas::sim
