// The figures of /status as Prometheus text.
#pragma once

#include <string>

#include "app/status_board.hpp"

namespace kemas::app {

std::string metrics_text(const Snapshot& snapshot);

}  // namespace kemas::app
