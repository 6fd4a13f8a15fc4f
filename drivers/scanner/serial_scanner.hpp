// A scanner on a serial line: RS-232, USB-CDC, a pty. Opens the device and keeps opening it, for a
// plug may be pulled at any time. Knows no station.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <string>

#include "drivers/bus/serial_line.hpp"
#include "drivers/scanner/driven_scanner.hpp"

namespace kemas::scanner {

struct SerialScannerOptions : ScannerOptions {
    std::string device;  // /dev/serial/by-id/...: a name that survives a replug
    bus::SerialSettings line;
};

class SerialScanner : public DrivenScanner {
 public:
    SerialScanner(boost::asio::any_io_executor executor, SerialScannerOptions options);

 private:
    struct State;
};

}  // namespace kemas::scanner
