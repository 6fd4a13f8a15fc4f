// The building's devices, made from the settings. The only place that knows which class drives
// what.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/modbus_lines.hpp"
#include "core/fault.hpp"
#include "drivers/camera/decoder_pool.hpp"
#include "ports/printer.hpp"
#include "ports/scale.hpp"
#include "ports/scanner.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

struct StationScanner {
    std::string name, station;
    std::unique_ptr<Scanner> scanner;
    std::string line, reader;           // instead of a station
    std::vector<std::string> no_reads;  // of a line's reader: its words for "nothing read"
    std::string separator;              // and what stands between several codes of one result
};
struct StationScale {
    std::string name, station;
    std::unique_ptr<Scale> scale;
    bool failed = false;  // and nothing settled on it since
};

struct Devices {
    std::unique_ptr<camera::DecoderPool> decoder;  // outlives the cameras
    std::vector<StationScanner> scanners;
    std::vector<StationScale> scales;
    std::map<std::string, std::unique_ptr<Printer>> printers;  // by name
    std::vector<std::unique_ptr<ModbusLines>> lines;  // one set for each time devices were made

    void mark_failed(const std::string& scale, bool failed);
    std::vector<DeviceHealth> health() const;
    void stop();
};

// `epoch` names this start of the daemon; cameras use `decoder`, which goes into no Devices here.
// Faults: a profile that cannot be read, or cannot weigh.
Result<Devices> make_devices(boost::asio::any_io_executor loop, camera::DecoderPool& decoder,
                             const settings::Settings& settings, const std::string& epoch);

}  // namespace kemas::app
