// A device file: a serial line, a hidraw device, a USB printer (/dev/usb/lp0). It has no end of its
// own; unplugging is an error of the next read or write.
#pragma once

#include <boost/asio/posix/stream_descriptor.hpp>

#include "core/fault.hpp"
#include "drivers/bus/link.hpp"

namespace kemas::bus {

struct DeviceLinkOptions {
    std::function<Result<int>()> open_file;  // a non-blocking descriptor, now ours
    bool listens = true;                     // a one-way device's file cannot be read
    bool has_pins = false;                   // it understands LPGETSTATUS
    // What LPGETSTATUS says of the descriptor, or nothing; asked on a thread of its own, since the
    // kernel waits up to 5 s for a printer that hangs. Empty: the ioctl itself.
    std::function<std::optional<int>(int fd)> read_pins;
};

class DeviceLink : public Link {
 public:
    DeviceLink(const boost::asio::any_io_executor& executor, DeviceLinkOptions options)
        : Link(executor),
          options_(std::move(options)),
          file_(executor),
          pins_socket_(executor),
          again_(executor) {}

    boost::asio::awaitable<End> open(int timeout_ms) override;
    void close() override;
    /// A serial line: whether its output queue is empty. usblp takes only what the printer took.
    bool everything_delivered() override;
    bool has_pins() const override { return options_.has_pins; }
    void ask_pins() override;
    std::optional<int> pins() const override { return pins_; }

 private:
    void read_some(char* to, std::size_t room, Handler handler) override;
    void write_some(const char* from, std::size_t size, Handler handler) override;
    void on_end_of_stream() override;

    DeviceLinkOptions options_;
    boost::asio::posix::stream_descriptor file_, pins_socket_;
    boost::asio::steady_timer again_;
    std::array<char, 4> pins_bytes_{};
    std::optional<int> pins_;
    int empty_reads_ = 0;
};

}  // namespace kemas::bus
