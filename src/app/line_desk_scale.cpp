// The scale of a line: its profile, its stream, and the way of its readings to the line.
#include <chrono>
#include <utility>

#include "app/device_log.hpp"
#include "app/line_desk.hpp"
#include "app/site_facts.hpp"
#include "drivers/profile/load_profile.hpp"
#include "drivers/scale/scale_codec.hpp"

namespace kemas::app {

Result<profile::ScaleProfile> LineDesk::load_scale(const settings::LineScaleSettings& from) {
    const auto& device = from.device;
    auto profile = profile::load_scale_profile(device.profile);
    if (!profile) return profile;
    if (const auto gap = scale::weighing_gap(*profile, site_facts(device)); !gap.empty())
        return fail(Remedy::stop,
                    "scale " + device.name + " cannot weigh with " + device.profile + ": " + gap);
    return profile;
}

void LineDesk::make_stream(boost::asio::any_io_executor loop,
                           const settings::LineScaleSettings& from, profile::ScaleProfile profile) {
    const auto& device = from.device;
    scale::ScaleStreamOptions options;
    options.name = device.name;
    options.unit = static_cast<std::uint8_t>(device.unit);
    options.poll_ms = device.poll_ms;
    options.site = site_facts(device);
    options.log = device_log(device.name);
    stream_ = std::make_unique<scale::ScaleStream>(
        loop, bus_->master(device.serial, device.host, device.port), std::move(profile),
        std::move(options));
    weighs_ = from;
}

void LineDesk::start_scale() {
    std::weak_ptr<LineDesk> weak = weak_from_this();
    scale::StreamEvents events;
    events.reading = [weak](std::chrono::steady_clock::time_point at, Milligrams gross) {
        using std::chrono::microseconds;
        const auto us = std::chrono::duration_cast<microseconds>(at.time_since_epoch()).count();
        if (const auto desk = weak.lock()) desk->scale_->reading(us, gross);
    };
    events.fault = [weak](const std::string& why) {
        if (const auto desk = weak.lock()) desk->scale_->fault(why);
    };
    stream_->start(std::move(events));
}

}  // namespace kemas::app
