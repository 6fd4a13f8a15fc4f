// A sweep over Modbus TCP devices with nothing but sockets and epoll: how fast it can be on this
// machine, to tell our cost from the devices'.
#pragma once

#include <cstdint>
#include <vector>

namespace kemas::bench {

// Milliseconds from the first request to the last answer, `sweeps` times over `devices`
// connections, each asked for five registers.
std::vector<double> bare_sweeps(std::uint16_t port, int devices, int sweeps);

}  // namespace kemas::bench
