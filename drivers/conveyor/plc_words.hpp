// What the words of a sorter's PLC mean for the line, by the names in its profile. Pure.
#pragma once

#include <optional>
#include <vector>

#include "core/fault.hpp"
#include "core/line/event.hpp"
#include "drivers/profile/decode.hpp"
#include "drivers/profile/device_profile.hpp"

namespace kemas::conveyor {

// Where a line finds its figures in a profile: counters `encoder`, `eye_1` ..., `lane_1` ...,
// values `eye_1_edge`, `eye_1_length`, `lanes_full`, `lanes_down`, `eyes_blocked`, `starts`,
// `divert_number`, `divert_result`, statuses `jam`, `stopped`, command `divert`.
class PlcWords {
 public:
    // Faults: call_person, naming what the profile lacks for a line of so many eyes and lanes.
    static Result<PlcWords> of(const profile::DeviceProfile& profile, std::size_t eyes,
                               std::size_t lanes);

    line::Polled read(profile::Words words, Instant at) const;

 private:
    struct Eye {
        profile::Bits count;
        std::optional<profile::Bits> edge, length;
    };
    using Place = std::optional<profile::Bits>;
    static Result<Eye> find_eye(const profile::DeviceProfile& profile, const std::string& name);

    std::vector<Eye> eyes_, lanes_;
    profile::Bits encoder_, number_;
    Place starts_, full_, down_, blocked_, beat_, result_;
    std::optional<profile::Condition> jam_, stopped_;
};

}  // namespace kemas::conveyor
