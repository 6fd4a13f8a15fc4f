#include "app/device_facts.hpp"

#include "app/printers.hpp"

namespace kemas::app {
namespace {

// Kinds differ in the ways they are reached; the first that is filled in counts.
template <class Device>
std::string address_of(const Device& device) {
    if constexpr (requires { device.uri; })
        if (!device.uri.empty()) return device.uri;
    if constexpr (requires { device.device; })
        if (!device.device.empty()) return device.device;
    if constexpr (requires { device.folder; })
        if (!device.folder.empty()) return device.folder;
    if constexpr (requires { device.serial; })
        if (!device.serial.device.empty()) return device.serial.device;
    return device.host + ":" + std::to_string(device.port);
}

template <class Device>
DeviceFacts facts_of(const Device& device, const char* kind) {
    DeviceFacts facts;
    facts.name = device.name;
    facts.kind = kind;
    facts.address = address_of(device);
    if constexpr (requires { device.unit; })
        facts.address += " unit " + std::to_string(device.unit);
    if constexpr (requires { device.profile; }) facts.profile = device.profile;
    if constexpr (requires { device.language; }) facts.language = device.language;
    if constexpr (requires { device.calibration_due; })
        facts.calibration_due = device.calibration_due;
    facts.written = device.written;
    return facts;
}

}  // namespace

std::vector<DeviceFacts> device_facts(const settings::Settings& settings) {
    std::vector<DeviceFacts> all;
    for (const auto& each : settings.scanners) {
        all.push_back(facts_of(each, "scanner"));
        if (!each.station.empty()) all.back().stations = {each.station};
    }
    for (const auto& each : settings.scales) {
        all.push_back(facts_of(each, "scale"));
        all.back().stations = {each.station};
    }
    for (auto each : settings.printers) {
        if (each.transport == settings::PrinterSettings::Transport::tcp)
            each.port = printer_port(each);
        all.push_back(facts_of(each, "printer"));
        for (const auto& [name, station] : settings.site.stations)
            if (station.printer == each.name) all.back().stations.push_back(name);
    }
    return all;
}

}  // namespace kemas::app
