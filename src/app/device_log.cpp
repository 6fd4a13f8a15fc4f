#include "app/device_log.hpp"

#include "log/log.hpp"

namespace kemas::app {

std::function<void(std::string_view, std::string)> device_log(const std::string& name) {
    return [name](std::string_view event, const std::string& detail) {
        const bool bad = event.ends_with("down") || event.ends_with("refused");
        log::event(bad ? log::Level::warn : log::Level::info, event,
                   {{"device", name}, {"detail", detail}});
    };
}

}  // namespace kemas::app
