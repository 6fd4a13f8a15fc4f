#include "app/device_watch.hpp"

namespace kemas::app {

std::vector<DeviceChanged> DeviceWatch::look(const std::vector<DeviceHealth>& devices) {
    std::vector<DeviceChanged> news;
    for (const auto& device : devices) {
        const auto [known, fresh] = up_.try_emplace(device.kind + " " + device.name, device.up);
        if (!fresh && known->second == device.up) continue;
        known->second = device.up;
        news.push_back({device.name, device.kind, device.up, device.state,
                        device.up ? std::string{} : device.error});
    }
    return news;
}

}  // namespace kemas::app
