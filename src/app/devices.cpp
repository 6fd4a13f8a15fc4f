#include "app/devices.hpp"

#include "app/calibration.hpp"
#include "app/device_log.hpp"
#include "app/printers.hpp"
#include "app/scanner_devices.hpp"
#include "app/site_facts.hpp"
#include "app/text_scales.hpp"
#include "app/wall_clock.hpp"
#include "drivers/profile/load_profile.hpp"
#include "drivers/scale/modbus_scale.hpp"
#include "drivers/scale/scale_codec.hpp"

namespace kemas::app {
namespace {

Result<std::unique_ptr<Scale>> make_scale(boost::asio::any_io_executor loop, ModbusLines& lines,
                                          profile::ScaleProfile profile,
                                          const settings::ScaleSettings& from) {
    scale::ModbusScaleOptions options;
    options.name = from.name;
    options.unit = static_cast<std::uint8_t>(from.unit);
    options.poll_ms = from.poll_ms;
    options.min_readings = static_cast<std::size_t>(from.min_readings);
    options.min_span = {from.min_span_ms};
    options.max_age = {from.max_age_ms};
    options.log = device_log(from.name);
    options.site = site_facts(from);
    if (const auto gap = scale::weighing_gap(profile, options.site); !gap.empty())
        return fail(Remedy::stop,
                    "scale " + from.name + " cannot weigh with " + from.profile + ": " + gap);
    auto master = lines.master(from.serial, from.host, from.port);
    return std::make_unique<scale::ModbusScale>(loop, std::move(master), std::move(profile),
                                                std::move(options));
}

// All lines are planned before the first is made: scales may share one.
Result<std::vector<StationScale>> make_scales(boost::asio::any_io_executor loop, ModbusLines& lines,
                                              const settings::Settings& settings) {
    std::vector<profile::AnyProfile> profiles;
    for (const auto& each : settings.scales) {
        auto profile = profile::load_profile(each.profile);
        if (!profile) return tl::unexpected(profile.error());
        if (const auto* modbus = std::get_if<profile::ScaleProfile>(&*profile))
            lines.plan(each.serial, each.host, each.port, modbus->limits);
        else if (!std::holds_alternative<profile::TextScaleProfile>(*profile))
            return fail(Remedy::stop, each.profile + ":1: is no scale's profile; scale " +
                                          each.name + " needs one of kind = \"scale\"");
        profiles.push_back(std::move(*profile));
    }
    std::vector<StationScale> scales;
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        const auto& from = settings.scales[i];
        auto* modbus = std::get_if<profile::ScaleProfile>(&profiles[i]);
        auto scale =
            modbus ? make_scale(loop, lines, std::move(*modbus), from)
                   : make_text_scale(loop, std::get<profile::TextScaleProfile>(profiles[i]), from);
        if (!scale) return tl::unexpected(scale.error());
        if (!from.calibration_due.empty()) {
            const auto ends = end_of_day(from.calibration_due, settings.utc_offset_minutes);
            const Calibration calibration{from.calibration_due, ends, from.refuse_uncalibrated};
            *scale = calibrated(std::move(*scale), calibration, wall_clock);
        }
        scales.push_back({from.name, from.station, std::move(*scale), false});
    }
    return scales;
}

}  // namespace

Result<Devices> make_devices(boost::asio::any_io_executor loop, camera::DecoderPool& decoder,
                             const settings::Settings& settings, const std::string& epoch) {
    Devices devices;
    for (const auto& each : settings.scanners) {
        auto scanner = make_scanner(loop, decoder, each, epoch);
        if (!scanner) return tl::unexpected(scanner.error());
        devices.scanners.push_back({each.name, each.station, std::move(*scanner), each.line,
                                    each.reader, no_reads_of(each), each.separator});
    }
    devices.lines.push_back(std::make_unique<ModbusLines>(loop));
    auto scales = make_scales(loop, *devices.lines.back(), settings);
    if (!scales) return tl::unexpected(scales.error());
    devices.scales = std::move(*scales);
    for (const auto& each : settings.printers) {
        auto printer = make_printer(loop, each);
        if (!printer) return tl::unexpected(printer.error());
        devices.printers[each.name] = std::move(*printer);
    }
    return devices;
}

void Devices::mark_failed(const std::string& scale, bool failed) {
    for (auto& each : scales)
        if (each.name == scale) each.failed = failed;
}

std::vector<DeviceHealth> Devices::health() const {
    std::vector<DeviceHealth> all;
    for (const auto& each : scanners) all.push_back(each.scanner->health());
    for (const auto& each : scales) all.push_back(each.scale->health());
    for (const auto& [name, printer] : printers) all.push_back(printer->health());
    return all;
}

void Devices::stop() {
    for (auto& each : scanners) each.scanner->stop();
    for (auto& each : scales) each.scale->stop();
    for (auto& [name, printer] : printers) printer->stop();
    for (auto& each : lines) each->stop();
    if (decoder) decoder->stop();
}

}  // namespace kemas::app
