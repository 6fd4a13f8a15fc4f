// A module of zero-pressure accumulation zones (ConveyLinx) that brings cartons to a line: what its
// two zones do, how many cartons passed, jams and stops. It has no encoder and no divert with an
// echo, so it can bring parcels to a line but not be one. Moves nothing but what a person asks for.
// Loop thread only.
#pragma once

#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "drivers/bus/modbus_master.hpp"
#include "drivers/profile/device_profile.hpp"
#include "ports/conveyor.hpp"

namespace kemas::conveyor {

enum class Zone { upstream, downstream };

struct FeedOptions {
    std::string name;  // as the site file names it
    std::uint8_t unit = 1;
    int poll_ms = 100;
    std::function<void(std::string_view event, std::string detail)>
        log;  // "feed.up", "feed.down",
              // "feed.jam", "feed.clear_jam"
};

struct FeedLook {
    std::array<bool, 2> jam{};           // by Zone
    bool stopped = false;                // by ConveyStop, whoever asked
    std::int64_t arrived = 0, left = 0;  // cartons, since the start of this
    bool counts_sure = true;             // false: some were not seen, the module was reset or away
};

class ZpaFeed {
 public:
    // Faults: the profile has not the counters, jam bits and commands of such a module.
    static Result<void> check(const profile::DeviceProfile& profile);
    // Faults: as check().
    static Result<std::unique_ptr<ZpaFeed>> make(boost::asio::any_io_executor executor,
                                                 std::shared_ptr<bus::ModbusMaster> master,
                                                 profile::DeviceProfile profile,
                                                 FeedOptions options);
    ~ZpaFeed();  // as stop()

    void start(std::function<void(const FeedLook&)> on_look);
    void stop();
    DeviceHealth health() const;
    // Only for a person who has looked: rollers move. Done when the module's own bit shows it.
    void clear_jam(Zone zone, const std::string& by, OnJamCleared done);

 private:
    struct State;
    explicit ZpaFeed(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
};

}  // namespace kemas::conveyor
