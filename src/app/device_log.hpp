// Where a driver tells that a device came or went: one line of the log each.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace kemas::app {

std::function<void(std::string_view event, std::string detail)> device_log(const std::string& name);

}  // namespace kemas::app
