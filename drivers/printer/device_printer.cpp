#include "drivers/printer/device_printer.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace kemas::printer {
namespace {

StreamPrinter::MakeLink links(const boost::asio::any_io_executor& executor,
                              const bus::DeviceLinkOptions& device) {
    return [executor, device] { return std::make_shared<bus::DeviceLink>(executor, device); };
}

class UsbPrinter : public StreamPrinter {
 public:
    UsbPrinter(const boost::asio::any_io_executor& executor, const StreamPrinterOptions& options,
               const bus::DeviceLinkOptions& device, std::shared_ptr<DeviceIdWatch> id)
        : StreamPrinter(executor, options, links(executor, device)),
          language_(options.language),
          id_(std::move(id)) {}

    DeviceHealth health() const override {
        DeviceHealth health = StreamPrinter::health();
        health.alarm = id_->alarm(language_);
        return health;
    }
    LiveFacts live() const override {
        LiveFacts facts = StreamPrinter::live();
        for (auto& fact : id_->facts()) facts.push_back(std::move(fact));
        return facts;
    }

 private:
    Language language_;
    std::shared_ptr<DeviceIdWatch> id_;
};

std::unique_ptr<Printer> over(const boost::asio::any_io_executor& executor,
                              const StreamPrinterOptions& options,
                              const bus::DeviceLinkOptions& device) {
    return std::make_unique<StreamPrinter>(executor, options, links(executor, device));
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
                                          const StreamPrinterOptions& options,
                                          DeviceIdWatch::Ask ask_id) {
    auto id = std::make_shared<DeviceIdWatch>(std::move(ask_id));
    bus::DeviceLinkOptions device;
    device.listens = options.ask_status;
    device.has_pins = true;
    device.open_file = [path = options.place, listens = device.listens, id] {
        auto opened = open_lp(path, listens);
        if (opened)
            id->opened(*opened);
        else
            id->not_there();
        return opened;
    };
    return std::make_unique<UsbPrinter>(executor, options, device, id);
}

std::unique_ptr<Printer> make_serial_printer(const boost::asio::any_io_executor& executor,
                                             const StreamPrinterOptions& options,
                                             const bus::SerialSettings& line) {
    bus::DeviceLinkOptions device;
    device.open_file = [path = options.place, line] { return bus::open_serial(path, line); };
    return over(executor, options, device);
}

}  // namespace kemas::printer
