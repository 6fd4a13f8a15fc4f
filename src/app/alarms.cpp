#include "app/alarms.hpp"

#include <algorithm>
#include <array>

namespace kemas::app {
namespace {

std::string key_of(const Alarm& alarm) {
    return alarm.kind + "\n" + alarm.device + "\n" + alarm.what;
}

// States that only say how the line to a device is doing: one alarm for all of them, so that
// "connecting" and "offline" in turn are one trouble. Every other state names its own.
bool is_line_state(const std::string& state) {
    constexpr std::array words{"connecting", "offline",      "listening", "refusing", "unreachable",
                               "failed",     "reconnecting", "unknown",   "silent",   "ready"};
    return std::find(words.begin(), words.end(), state) != words.end();
}

}  // namespace

std::vector<Alarm> alarms_of(const DeviceHealth& device) {
    std::vector<Alarm> alarms;
    const auto add = [&](const std::string& what, const std::string& text) {
        alarms.push_back({device.name, device.kind, what, text, {}, {}});
    };
    const bool asked = device.state != "idle" && device.state != "stopped";
    if (!device.up && asked)
        add(is_line_state(device.state) ? "down" : device.state,
            device.error.empty() ? device.state : device.error);
    if (!device.alarm.empty() && device.alarm != device.error) add("attention", device.alarm);
    return alarms;
}

Alarms::News Alarms::look(const std::vector<DeviceHealth>& devices, Instant now) {
    std::map<std::string, Alarm> present;
    for (const auto& device : devices)
        for (auto& alarm : alarms_of(device)) present[key_of(alarm)] = std::move(alarm);
    News news;
    std::erase_if(board_.raised, [&](Alarm& alarm) {
        const auto it = present.find(key_of(alarm));
        if (it != present.end()) {
            alarm.text = it->second.text;
            present.erase(it);
            return false;
        }
        alarm.cleared = now;
        news.cleared.push_back(alarm);
        board_.cleared.push_front(alarm);
        return true;
    });
    if (board_.cleared.size() > kept_alarms) board_.cleared.resize(kept_alarms);
    std::erase_if(waiting_, [&](const auto& each) { return !present.contains(each.first); });
    for (auto& [key, alarm] : present) {
        alarm.since = now;
        Alarm& began = waiting_.try_emplace(key, alarm).first->second;
        began.text = alarm.text;
        if ((now - began.since).value < alarm_grace.value) continue;
        news.raised.push_back(began);
        board_.raised.push_back(began);
        waiting_.erase(key);
    }
    return news;
}

}  // namespace kemas::app
