#include "app/text_scales.hpp"

#include "app/device_log.hpp"
#include "app/serial_line.hpp"
#include "app/site_facts.hpp"
#include "drivers/scale/frame_codec.hpp"
#include "drivers/scale/serial_scale.hpp"

namespace kemas::app {

Result<std::unique_ptr<Scale>> make_text_scale(const boost::asio::any_io_executor& loop,
                                               profile::TextScaleProfile profile,
                                               const settings::ScaleSettings& from) {
    scale::SerialScaleOptions options;
    options.settle.name = from.name;
    options.settle.min_readings = static_cast<std::size_t>(from.min_readings);
    options.settle.min_span = {from.min_span_ms};
    options.device = from.serial.device;
    options.serial = serial_line(from.serial, profile.serial);
    options.host = from.host;
    constexpr int modbus_port = 502;  // the site file's default; a text scale has its own
    const bool own = from.port == modbus_port && profile.tcp_port > 0;
    options.port = static_cast<std::uint16_t>(own ? profile.tcp_port : from.port);
    options.site = site_facts(from);
    options.ask_tare = from.ask_tare;
    options.max_age_ms = from.max_age_ms;
    options.log = device_log(from.name);
    std::string gap = scale::weighing_gap(profile, options.site);
    const bool usb = profile.protocol == profile::ScaleProtocol::hid_pos;
    if (usb && from.hidraw.empty()) gap = "a USB scale needs hidraw = \"/dev/...\"";
    if (!usb && !from.hidraw.empty()) gap = "its profile is of no USB scale: set serial or host";
    if (!gap.empty())
        return fail(Remedy::stop,
                    "scale " + from.name + " cannot weigh with " + from.profile + ": " + gap);
    return std::make_unique<scale::SerialScale>(loop, std::move(profile), std::move(options));
}

}  // namespace kemas::app
