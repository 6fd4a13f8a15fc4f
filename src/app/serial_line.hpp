// How a serial line is set: what the site says, else what the device's profile says, else 9600 8N1.
#pragma once

#include <optional>

#include "drivers/bus/serial_line.hpp"
#include "drivers/profile/serial_line.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

// `flow`: 'N', 'R', 'X', or 0 = as the profile says.
bus::SerialSettings serial_line(const settings::SerialSettings& site,
                                const std::optional<profile::SerialLine>& usual, char flow = 0);

}  // namespace kemas::app
