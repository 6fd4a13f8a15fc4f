#include "app/device_changes.hpp"

#include <algorithm>
#include <map>

namespace kemas::app {
namespace {

std::string line_of(const settings::ScaleSettings& scale) {
    return scale.serial.device.empty() ? scale.host + ":" + std::to_string(scale.port)
                                       : scale.serial.device;
}

template <class Device>
std::set<std::string> changed(const std::vector<Device>& before, const std::vector<Device>& after) {
    std::map<std::string, std::string> was, is;
    for (const auto& device : before) was[device.name] = device.written;
    for (const auto& device : after) is[device.name] = device.written;
    std::set<std::string> names;
    for (const auto& [name, written] : was)
        if (!is.contains(name) || is.at(name) != written) names.insert(name);
    for (const auto& [name, written] : is)
        if (!was.contains(name)) names.insert(name);
    return names;
}

// Until nothing is added: a line's neighbours, and the neighbours of those.
void add_neighbours(const std::vector<settings::ScaleSettings>& scales,
                    std::set<std::string>& names) {
    std::set<std::string> lines;
    for (const auto& scale : scales)
        if (names.contains(scale.name)) lines.insert(line_of(scale));
    for (const auto& scale : scales)
        if (lines.contains(line_of(scale))) names.insert(scale.name);
}

template <class Device>
void keep(std::vector<Device>& devices, const std::set<std::string>& names) {
    std::erase_if(devices, [&](const auto& device) { return !names.contains(device.name); });
}

}  // namespace

std::vector<std::string> DeviceChanges::names() const {
    std::vector<std::string> all;
    for (const auto& name : scanners) all.push_back("scanner " + name);
    for (const auto& name : scales) all.push_back("scale " + name);
    for (const auto& name : printers) all.push_back("printer " + name);
    return all;
}

DeviceChanges device_changes(const settings::Settings& before, const settings::Settings& after) {
    DeviceChanges changes{changed(before.scanners, after.scanners),
                          changed(before.scales, after.scales),
                          changed(before.printers, after.printers)};
    for (std::size_t known = 0; known != changes.scales.size();) {
        known = changes.scales.size();
        add_neighbours(before.scales, changes.scales);
        add_neighbours(after.scales, changes.scales);
    }
    return changes;
}

settings::Settings only(settings::Settings settings, const DeviceChanges& changes) {
    keep(settings.scanners, changes.scanners);
    keep(settings.scales, changes.scales);
    keep(settings.printers, changes.printers);
    return settings;
}

std::vector<std::string> restart_needed(const settings::Settings& before,
                                        const settings::Settings& after) {
    std::vector<std::string> sections;
    const auto look = [&](const char* section, bool same) {
        if (!same) sections.emplace_back(section);
    };
    look("[site]", before.site_name == after.site_name && before.language == after.language &&
                       before.utc_offset == after.utc_offset);
    look("[ledger]", before.ledger == after.ledger);
    look("[http]", before.http == after.http);
    look("[[courier]] connection", changed(before.couriers, after.couriers).empty());
    look("[[channel]] connection", changed(before.channels, after.channels).empty());
    look("[[line]]", changed(before.lines, after.lines).empty());
    look("[label]", before.label == after.label);
    look("[label_files]", before.label_files == after.label_files);
    look("[order_db]", before.order_db == after.order_db);
    look("[files] messages", before.messages_folder == after.messages_folder);
    look("[declared]", before.declared_share_percent == after.declared_share_percent);
    look("[log]", before.log_level == after.log_level);
    return sections;
}

}  // namespace kemas::app
