// Tells systemd how far the daemon is (sd_notify's protocol); silent when nobody asked.
#pragma once

#include <string_view>

namespace kemas::app {

void notify_systemd(std::string_view state);  // "READY=1", "STOPPING=1"

}  // namespace kemas::app
