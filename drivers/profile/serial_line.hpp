// How a serial port must be set for a device. Pure data.
#pragma once

namespace kemas::profile {

struct SerialLine {
    enum class Parity { none, even, odd };
    enum class Flow { none, rts_cts, xon_xoff };
    int baud = 9600;
    int data_bits = 8;
    Parity parity = Parity::none;
    int stop_bits = 1;
    Flow flow = Flow::none;
};

}  // namespace kemas::profile
