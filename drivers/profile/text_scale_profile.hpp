// A scale that speaks frames of its own instead of Modbus: over a serial line, a TCP port that
// stands for one (ser2net), or as a USB HID point-of-sale scale. Pure data; the frames themselves
// are known to the codec of the protocol.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "drivers/profile/device_profile.hpp"
#include "drivers/profile/serial_line.hpp"

namespace kemas::profile {

enum class ScaleProtocol { toledo_continuous, mt_sics, cas, and_standard, dini, hid_pos };

// One frame and what it must be read as.
struct FrameSample {
    std::string what;
    int line = 0;
    std::string frame;  // bytes
    SiteFacts site;
    std::optional<Milligrams> weight;  // empty when the frame is a fault or no reading
    bool stable = false;
    std::string fault;  // as a status of a Modbus scale: "overload", "underload", "error"
};

struct TextScaleProfile : Head {
    ScaleProtocol protocol = ScaleProtocol::mt_sics;
    std::optional<SerialLine> serial;  // the model's factory setting; the site may say otherwise
    int tcp_port = 0;                  // 0 = the model has no such port
    std::string request;               // asks for one reading; empty = the scale sends by itself
    int period_ms = 200;               // of requests
    int max_age_ms = 1000;             // no whole frame for so long: frozen
    bool checksum = false;             // toledo_continuous: the byte after CR must agree
    bool net = false;  // the number is net weight: only zero tare may be weighed with
    std::string zero, tare, clear_tare;  // bytes to send; empty = none documented
    int command_ms = 5000;               // until the scale has shown that it is done
    Source<int> decimals;                // told by the frame where neither is set
    Source<Unit> unit;
    Source<Decimal> division;
    // USB, so that the right /dev/hidraw is taken; 0 = any scale of usage page 0x8D.
    int usb_vendor = 0, usb_product = 0;
    std::vector<FrameSample> samples;
};

std::string_view name_of(ScaleProtocol protocol);

}  // namespace kemas::profile
