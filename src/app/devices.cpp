#include "app/devices.hpp"

#include "app/calibration.hpp"
#include "app/site_facts.hpp"
#include "app/wall_clock.hpp"
#include "drivers/printer/tcp_printer.hpp"
#include "drivers/profile/load_scale_profile.hpp"
#include "drivers/scale/modbus_scale.hpp"
#include "drivers/scale/scale_codec.hpp"
#include "drivers/scanner/tcp_client_scanner.hpp"
#include "drivers/scanner/tcp_server_scanner.hpp"
#include "log/log.hpp"

namespace kemas::app {
namespace {

void log_device(const std::string& name, std::string_view event, const std::string& detail) {
    const bool bad = event.ends_with("down") || event.ends_with("refused");
    log::event(bad ? log::Level::warn : log::Level::info, event,
               {{"device", name}, {"detail", detail}});
}

auto log_sink(const std::string& name) {
    return [name](std::string_view event, std::string detail) { log_device(name, event, detail); };
}

void fill(scanner::ScannerOptions& options, const settings::ScannerSettings& from,
          const std::string& epoch) {
    options.name = from.name;
    options.epoch = epoch;
    options.framing.terminators = from.terminators;
    options.framing.heartbeat = from.heartbeat;
    options.framing.no_read = from.no_read;
    options.log = log_sink(from.name);
}

std::unique_ptr<Scanner> make_scanner(boost::asio::any_io_executor loop,
                                      const settings::ScannerSettings& from,
                                      const std::string& epoch) {
    if (from.listens) {
        scanner::TcpServerScannerOptions options;
        fill(options, from, epoch);
        options.bind = from.host;
        options.port = static_cast<std::uint16_t>(from.port);
        return std::make_unique<scanner::TcpServerScanner>(loop, options);
    }
    scanner::TcpClientScannerOptions options;
    fill(options, from, epoch);
    options.host = from.host;
    options.port = static_cast<std::uint16_t>(from.port);
    return std::make_unique<scanner::TcpClientScanner>(loop, options);
}

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
    options.log = log_sink(from.name);
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
    std::vector<profile::ScaleProfile> profiles;
    for (const auto& each : settings.scales) {
        auto profile = profile::load_scale_profile(each.profile);
        if (!profile) return tl::unexpected(profile.error());
        lines.plan(each.serial, each.host, each.port, profile->limits);
        profiles.push_back(std::move(*profile));
    }
    std::vector<StationScale> scales;
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        const auto& from = settings.scales[i];
        auto scale = make_scale(loop, lines, std::move(profiles[i]), from);
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

std::unique_ptr<Printer> make_printer(boost::asio::any_io_executor loop,
                                      const settings::PrinterSettings& from) {
    printer::TcpPrinterOptions options;
    options.name = from.name;
    options.host = from.host;
    options.port = static_cast<std::uint16_t>(from.port);
    options.ask_status = from.ask_zpl_status;
    options.connect_timeout_ms = from.connect_timeout_ms;
    options.stall_timeout_ms = from.stall_timeout_ms;
    options.close_timeout_ms = from.close_timeout_ms;
    return std::make_unique<printer::TcpPrinter>(loop, options);
}

}  // namespace

Result<Devices> make_devices(boost::asio::any_io_executor loop, const settings::Settings& settings,
                             const std::string& epoch) {
    Devices devices;
    for (const auto& each : settings.scanners)
        devices.scanners.push_back({each.name, each.station, make_scanner(loop, each, epoch)});
    devices.lines.push_back(std::make_unique<ModbusLines>(loop));
    auto scales = make_scales(loop, *devices.lines.back(), settings);
    if (!scales) return tl::unexpected(scales.error());
    devices.scales = std::move(*scales);
    for (const auto& each : settings.printers)
        devices.printers[each.name] = make_printer(loop, each);
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
}

}  // namespace kemas::app
