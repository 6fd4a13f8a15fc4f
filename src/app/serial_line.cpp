#include "app/serial_line.hpp"

namespace kemas::app {

bus::SerialSettings serial_line(const settings::SerialSettings& site,
                                const std::optional<profile::SerialLine>& usual, char flow) {
    using Parity = profile::SerialLine::Parity;
    using Flow = profile::SerialLine::Flow;
    const profile::SerialLine base = usual.value_or(profile::SerialLine{});
    bus::SerialSettings line;
    line.baud = site.baud ? site.baud : base.baud;
    line.data_bits = site.data_bits ? site.data_bits : base.data_bits;
    line.stop_bits = site.stop_bits ? site.stop_bits : base.stop_bits;
    if (site.parity == 'E' || (!site.parity && base.parity == Parity::even))
        line.parity = bus::Parity::even;
    if (site.parity == 'O' || (!site.parity && base.parity == Parity::odd))
        line.parity = bus::Parity::odd;
    if (flow == 'R' || (!flow && base.flow == Flow::rts_cts)) line.flow = bus::FlowControl::rts_cts;
    if (flow == 'X' || (!flow && base.flow == Flow::xon_xoff))
        line.flow = bus::FlowControl::xon_xoff;
    return line;
}

}  // namespace kemas::app
