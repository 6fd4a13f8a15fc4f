#include "drivers/printer/device_printer.hpp"

namespace kemas::printer {
namespace {

std::unique_ptr<Printer> over(const boost::asio::any_io_executor& executor,
                              const StreamPrinterOptions& options,
                              const DeviceLinkOptions& device) {
    const auto make_link = [executor, device] {
        return std::make_shared<DeviceLink>(executor, device);
    };
    return std::make_unique<StreamPrinter>(executor, options, make_link);
}

}  // namespace

std::unique_ptr<Printer> make_usb_printer(const boost::asio::any_io_executor& executor,
                                          const StreamPrinterOptions& options) {
    DeviceLinkOptions device;
    device.listens = options.ask_status;
    device.has_pins = true;
    device.open_file = [path = options.place, listens = device.listens] {
        return open_lp(path, listens);
    };
    return over(executor, options, device);
}

std::unique_ptr<Printer> make_serial_printer(const boost::asio::any_io_executor& executor,
                                             const StreamPrinterOptions& options,
                                             const bus::SerialSettings& line) {
    DeviceLinkOptions device;
    device.open_file = [path = options.place, line] { return bus::open_serial(path, line); };
    return over(executor, options, device);
}

}  // namespace kemas::printer
