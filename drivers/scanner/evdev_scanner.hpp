// A scanner that types: reads the keys of its own device file, grabbed so that nobody else gets
// them. It cannot be answered. Knows no station.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <string>

#include "drivers/scanner/driven_scanner.hpp"
#include "drivers/scanner/key_codec.hpp"

namespace kemas::scanner {

// Opens and grabs a device file: its descriptor (to be closed by the caller), or -1 and why not.
struct OpenedKeys {
    int descriptor = -1;
    std::string why;
    bool caps_lock = false;
};
OpenedKeys open_keys(const std::string& device);

struct EvdevScannerOptions : ScannerOptions {
    std::string device;  // /dev/input/by-id/...-event-kbd: a name that survives a replug
    Layout layout = Layout::us;
    GsRules gs;
    std::function<OpenedKeys(const std::string&)> open = open_keys;
};

class EvdevScanner : public DrivenScanner {
 public:
    EvdevScanner(boost::asio::any_io_executor executor, EvdevScannerOptions options);

 private:
    struct State;
};

}  // namespace kemas::scanner
