// kemas-sim line: the whole simulated line, as a PLC for a host outside, or some hours of it at
// once with the line's own state machine.
#pragma once

#include "core/fault.hpp"
#include "drivers/sim/line_server.hpp"

namespace kemas::sim {

// Until SIGINT or SIGTERM. Each result of a reader or the scale is a line on standard output.
Result<void> play_line(LineServer::Options options);
// Prints the tally; true when nothing went where it must not.
bool simulate_line(const LinePlan& plan, double hours);

}  // namespace kemas::sim
