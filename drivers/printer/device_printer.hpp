// A label printer behind a device file: USB (usblp) or a serial line. Only its language's status
// can prove that a job ended; without one every job's outcome is unknown.
#pragma once

#include "drivers/bus/device_link.hpp"
#include "drivers/bus/serial_line.hpp"
#include "drivers/printer/device_id.hpp"
#include "drivers/printer/stream_printer.hpp"

namespace kemas::printer {

/// Opens usblp's file: a fault that says unplugged, in use, or whose group it belongs to.
Result<int> open_lp(const std::string& path, bool for_reading);

/// `options.place` is the device file: /dev/usb/lp0, better a link of its own by udev. Opened for
/// each job and each look, so that unplugging and plugging again needs nobody.
/// `ask_id` is asked once for each plugging in: maker and model are shown, and a printer that names
/// other languages than `options.language` is an alarm.
std::unique_ptr<Printer> make_usb_printer(const boost::asio::any_io_executor& executor,
                                          const StreamPrinterOptions& options,
                                          DeviceIdWatch::Ask ask_id = ask_device_id);

/// `options.place` is the line: /dev/serial/by-id/...
std::unique_ptr<Printer> make_serial_printer(const boost::asio::any_io_executor& executor,
                                             const StreamPrinterOptions& options,
                                             const bus::SerialSettings& line);

}  // namespace kemas::printer
