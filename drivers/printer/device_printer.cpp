#include "drivers/printer/device_printer.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstring>

namespace kemas::printer {
namespace {

std::unique_ptr<Printer> over(const boost::asio::any_io_executor& executor,
                              const StreamPrinterOptions& options,
                              const bus::DeviceLinkOptions& device) {
    const auto make_link = [executor, device] {
        return std::make_shared<bus::DeviceLink>(executor, device);
    };
    return std::make_unique<StreamPrinter>(executor, options, make_link);
}

}  // namespace

Result<int> open_lp(const std::string& path, bool for_reading) {
    const int way = for_reading ? O_RDWR : O_WRONLY;
    const int fd = ::open(path.c_str(), way | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd >= 0) return fd;
    const int error = errno;
    std::string next = "check its cable and that it is on";
    if (error == EACCES || error == EPERM) next = "add kemas's user to the group that owns it (lp)";
    if (error == EBUSY) next = "another program has it open (CUPS, p910nd): stop that one";
    return fail(Remedy::reconnect, std::string(std::strerror(error)) + ": " + next);
}

std::unique_ptr<Printer> make_usb_printer(const boost::asio::any_io_executor& executor,
                                          const StreamPrinterOptions& options) {
    bus::DeviceLinkOptions device;
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
    bus::DeviceLinkOptions device;
    device.open_file = [path = options.place, line] { return bus::open_serial(path, line); };
    return over(executor, options, device);
}

}  // namespace kemas::printer
