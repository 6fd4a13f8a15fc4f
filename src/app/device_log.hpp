// Where devices tell of their changes: the log, with the device's name.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "log/log.hpp"

namespace kemas::app {

// Events that end in "down" or "refused" are warnings.
inline std::function<void(std::string_view, std::string)> log_sink(const std::string& name) {
    return [name](std::string_view event, const std::string& detail) {
        const bool bad = event.ends_with("down") || event.ends_with("refused");
        log::event(bad ? log::Level::warn : log::Level::info, event,
                   {{"device", name}, {"detail", detail}});
    };
}

}  // namespace kemas::app
