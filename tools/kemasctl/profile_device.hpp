// Reads a Modbus device as its profile says, once: no write, no watchdog, no command. Knows what
// the words are, not what they mean.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/fault.hpp"
#include "drivers/profile/load_profile.hpp"

namespace kemas::ctl {

// Where a device is, and what only the site knows of it; the options of probe and record.
struct DeviceAt {
    std::string host;
    int port = 502, unit = 1;
    int timeout_ms = 0;  // 0 = the profile's
    std::string decimals, weight_unit, division;

    void add_to(CLI::App& command);
    Result<profile::SiteFacts> site() const;
};

struct DeviceAnswer {
    std::string identity;              // as it answered, empty when the profile asks for none
    std::vector<std::uint16_t> words;  // of all blocks
};

// Faults: no connection, no answer, an exception (with the profile's words for it), another device
// than the profile expects.
Result<DeviceAnswer> read_device(const profile::ModbusProfile& profile, const DeviceAt& at);

// The Modbus part of a profile, null for one of another protocol.
const profile::ModbusProfile* modbus_of(const profile::AnyProfile& profile);

}  // namespace kemas::ctl
