#include "drivers/bus/device_link.hpp"

#include <fcntl.h>
#include <linux/lp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <cerrno>
#include <thread>

namespace kemas::bus {
namespace asio = boost::asio;

namespace {

constexpr int most_empty_reads = 20;  // 1 s: a live line may report a read of nothing

std::optional<int> read_pins_of(int fd) {
    int status = 0;
    if (ioctl(fd, LPGETSTATUS, &status) != 0) return std::nullopt;
    return status & 0xFF;
}

}  // namespace

asio::awaitable<Link::End> DeviceLink::open(int) {
    const Result<int> fd = options_.open_file();
    if (!fd) {
        error_ = fd.error().what;
        co_return End::failed;
    }
    Error error;
    file_.assign(*fd, error);
    if (error) {
        ::close(*fd);
        error_ = error.message();
        co_return End::failed;
    }
    if (options_.listens) listen();
    co_return End::ok;
}

void DeviceLink::read_some(char* to, std::size_t room, Handler handler) {
    file_.async_read_some(asio::buffer(to, room),
                          [this, self = shared_from_this(), handler = std::move(handler)](
                              Error error, std::size_t n) {
                              if (n > 0) empty_reads_ = 0;
                              handler(error, n);
                          });
}

void DeviceLink::write_some(const char* from, std::size_t size, Handler handler) {
    file_.async_write_some(asio::buffer(from, size), std::move(handler));
}

void DeviceLink::on_end_of_stream() {
    pollfd look{file_.native_handle(), POLLIN, 0};
    const bool hung_up = ::poll(&look, 1, 0) > 0 && look.revents & (POLLHUP | POLLERR | POLLNVAL);
    if (hung_up || ++empty_reads_ > most_empty_reads)
        return break_off("the device is gone: plug it in again");
    again_.expires_after(std::chrono::milliseconds(50));
    again_.async_wait([this, self = shared_from_this()](Error error) {
        if (!error && file_.is_open()) listen();
    });
}

void DeviceLink::close() {
    Error ignored;
    again_.cancel();
    file_.close(ignored);
    pins_socket_.close(ignored);
}

bool DeviceLink::everything_delivered() {
    int waiting = 0;
    return ioctl(file_.native_handle(), TIOCOUTQ, &waiting) != 0 || waiting == 0;
}

void DeviceLink::ask_pins() {
    pins_.reset();
    if (!options_.has_pins) return;
    int ends[2];
    const int fd = ::fcntl(file_.native_handle(), F_DUPFD_CLOEXEC, 0);
    if (fd < 0) return;
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0) {
        ::close(fd);
        return;
    }
    Error ignored;
    pins_socket_.close(ignored);
    pins_socket_.assign(ends[0], ignored);
    // The socket is all that the thread shares with us: it may come home long after we are gone.
    std::thread([fd, to = ends[1], read = options_.read_pins ? options_.read_pins : read_pins_of] {
        const std::optional<int> status = read(fd);
        const auto byte = static_cast<char>(status.value_or(0));
        if (status) [[maybe_unused]]
            const auto written = ::send(to, &byte, 1, MSG_NOSIGNAL);
        ::close(to);
        ::close(fd);
    }).detach();
    pins_socket_.async_read_some(asio::buffer(pins_bytes_),
                                 [this, self = shared_from_this()](Error error, std::size_t n) {
                                     if (error == asio::error::operation_aborted) return;
                                     if (n > 0) pins_ = static_cast<unsigned char>(pins_bytes_[0]);
                                     // -1: this file knows no pins
                                     if (n == 0) pins_ = -1;
                                     ring();
                                 });
}

}  // namespace kemas::bus
