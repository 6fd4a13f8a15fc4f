#include "app/line_feeds.hpp"

#include <algorithm>
#include <utility>

#include "app/device_log.hpp"
#include "drivers/profile/load_profile.hpp"

namespace kemas::app {

using conveyor::Zone;

namespace {

std::vector<std::string> jammed_zones(const conveyor::FeedLook& look) {
    std::vector<std::string> zones;
    for (const auto zone : {Zone::upstream, Zone::downstream})
        if (look.jam[static_cast<std::size_t>(zone)]) zones.emplace_back(to_text(zone));
    return zones;
}

}  // namespace

std::string_view to_text(Zone zone) {
    return zone == Zone::upstream ? "upstream" : "downstream";
}

Result<LineFeeds> LineFeeds::plan(const std::vector<settings::LineFeedSettings>& from,
                                  ModbusLines& bus) {
    LineFeeds feeds;
    for (const auto& each : from) {
        auto profile = profile::load_device_profile(each.profile);
        if (!profile) return tl::unexpected(profile.error());
        bus.plan(each.serial, each.host, each.port, profile->limits);
        One one;
        one.settings = each;
        one.profile = std::move(*profile);
        feeds.all_.push_back(std::move(one));
    }
    return feeds;
}

Result<void> LineFeeds::make(boost::asio::any_io_executor loop, ModbusLines& bus) {
    for (auto& each : all_) {
        const auto& from = each.settings;
        conveyor::FeedOptions options;
        options.name = from.name;
        options.unit = static_cast<std::uint8_t>(from.unit);
        options.poll_ms = from.poll_ms;
        options.log = device_log(from.name);
        auto made = conveyor::ZpaFeed::make(loop, bus.master(from.serial, from.host, from.port),
                                            std::move(each.profile), std::move(options));
        if (!made) return fail(made.error().remedy, "feed " + from.name + ": " + made.error().what);
        each.feed = std::move(*made);
    }
    return {};
}

void LineFeeds::start() {
    for (auto& each : all_)
        each.feed->start([look = each.look](const conveyor::FeedLook& now) { *look = now; });
}

void LineFeeds::stop() {
    for (auto& each : all_) each.feed->stop();
}

const LineFeeds::One* LineFeeds::find(std::string_view feed) const {
    const auto it = std::find_if(all_.begin(), all_.end(),
                                 [&](const One& each) { return each.settings.name == feed; });
    return it == all_.end() ? nullptr : &*it;
}

bool LineFeeds::jammed(std::string_view feed, Zone zone) const {
    const auto* const one = find(feed);
    return one && one->look->jam[static_cast<std::size_t>(zone)];
}

void LineFeeds::clear_jam(std::string_view feed, Zone zone, const std::string& by,
                          OnJamCleared done) {
    find(feed)->feed->clear_jam(zone, by, std::move(done));
}

void LineFeeds::health(std::vector<DeviceHealth>& into) const {
    for (const auto& each : all_) into.push_back(each.feed->health());
}

std::vector<LineLive::Feed> LineFeeds::live() const {
    std::vector<LineLive::Feed> all;
    for (const auto& each : all_) {
        const auto& look = *each.look;
        all.push_back({each.settings.name, each.feed->health().state, jammed_zones(look),
                       look.arrived, look.left, look.counts_sure});
    }
    return all;
}

}  // namespace kemas::app
