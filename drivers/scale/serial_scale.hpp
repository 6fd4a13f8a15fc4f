// A scale that speaks frames of its own, as its profile names them: on a serial line, behind TCP
// (ser2net, a device server), or as a USB HID scale (hidraw). Asks or listens, decodes, and passes
// readings through the stability filter; tells verdicts only. A silent, garbled or lost scale is a
// fault at once, and no reading survives a reconnect. Knows no station and no parcel.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "drivers/bus/serial_line.hpp"
#include "drivers/profile/text_scale_profile.hpp"
#include "drivers/scale/settle_watch.hpp"

namespace kemas::scale {

struct SerialScaleOptions {
    SettleRules settle;  // with the scale's name
    std::string device;  // /dev/serial/by-id/..., or the hidraw file of a hid_pos scale ...
    bus::SerialSettings serial;
    std::string host;  // ... or, when no device is named, a TCP peer
    std::uint16_t port = 0;
    profile::SiteFacts site;  // unit, division where neither frame nor profile tells them
    bool ask_tare = true;     // false: nobody tares this scale (mt_sics only)
    std::optional<int> period_ms, max_age_ms;  // instead of the profile's
    int connect_timeout_ms = 3'000;
    SettleWatch::Log log;
};

class SerialScale : public Scale {
 public:
    SerialScale(boost::asio::any_io_executor executor, profile::TextScaleProfile profile,
                SerialScaleOptions options);
    ~SerialScale() override;  // as stop()

    // A profile that leaves a gap (weighing_gap) is a fault, told from within this call.
    void start(OnScaleEvent on_event) override;
    void stop() override;
    /// state: "ready", "connecting", "offline", "silent", "garbled", "tare_unknown", "stopped",
    /// or a fault that the scale itself told ("overload" ...).
    DeviceHealth health() const override;
    std::optional<ScaleNow> now() const override;
    /// The last frame as it came, and counts since the start.
    LiveFacts live() const override;
    /// Done when the scale answers so (MT-SICS) or its display shows it; commands without a source
    /// in the profile are refused.
    void command(ScaleCommand what, OnScaleCommand done) override;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

/// Opens a hidraw file; `vendor` and `product` of 0 mean any.
Result<int> open_hid_scale(const std::string& path, int vendor, int product);

}  // namespace kemas::scale
