// Opens a serial line (tty, USB-CDC, pty) as a raw, non-blocking descriptor. Knows no protocol and
// no device; who reads it owns it.
#pragma once

#include <string>

#include "core/fault.hpp"

namespace kemas::bus {

enum class Parity { none, even, odd };
enum class FlowControl { none, xon_xoff, rts_cts };

struct SerialSettings {
    int baud = 9600;    // one of the termios rates, 1200 to 921600
    int data_bits = 8;  // 7 or 8
    int stop_bits = 1;  // 1 or 2
    Parity parity = Parity::none;
    FlowControl flow = FlowControl::none;
};

/// Whether termios knows this rate.
bool is_serial_rate(int baud);

/// The descriptor, close-on-exec and exclusive (TIOCEXCL), with what lay in its buffers thrown
/// away. Faults name the path and the next step: it does not exist (unplugged), may not be opened,
/// is in use, is no serial line.
Result<int> open_serial(const std::string& path, const SerialSettings& settings);

}  // namespace kemas::bus
