// A site of N benches for a measurement: its files, and the ports its devices use.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kemas::bench {

struct Site {
    std::string config;  // path of the site file
    std::uint16_t http_port = 0;
    std::vector<std::uint16_t> scanner_ports, scale_ports, printer_ports;  // one a station
};

// Ports that are free now; each is another.
std::vector<std::uint16_t> free_ports(std::size_t count);
// Writes kemas.toml, operators.csv and cartons.csv in `folder`; `ledger` is the path of the ledger.
// With `poll_ms` above 0 every bench has a printer and a Modbus scale (two readings at that poll).
Site write_site(const std::string& folder, const std::string& root, const std::string& ledger,
                std::size_t stations, int poll_ms);

constexpr const char* badge = "BADGE-ANI";

}  // namespace kemas::bench
