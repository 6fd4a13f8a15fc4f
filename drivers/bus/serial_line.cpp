#include "drivers/bus/serial_line.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

namespace kemas::bus {
namespace {

constexpr std::pair<int, speed_t> rates[] = {
    {1200, B1200},     {2400, B2400},     {4800, B4800},     {9600, B9600},
    {19200, B19200},   {38400, B38400},   {57600, B57600},   {115200, B115200},
    {230400, B230400}, {460800, B460800}, {921600, B921600},
};

std::optional<speed_t> rate_of(int baud) {
    for (const auto& [number, rate] : rates)
        if (number == baud) return rate;
    return std::nullopt;
}

Fault cannot_open(const std::string& path, int error) {
    std::string next = "check its cable and its name under /dev/serial/by-id";
    if (error == EACCES || error == EPERM)
        next = "add kemas's user to the group that owns it (dialout)";
    if (error == EBUSY) next = "another program has it open (ModemManager, ser2net): stop that one";
    return {Remedy::reconnect, "The serial line " + path + " cannot be opened (" +
                                   std::strerror(error) + "): " + next + "."};
}

void make_raw(termios& line, const SerialSettings& settings, speed_t rate) {
    cfmakeraw(&line);
    cfsetispeed(&line, rate);
    cfsetospeed(&line, rate);
    line.c_cflag |= CLOCAL | CREAD;
    line.c_cflag &= ~static_cast<tcflag_t>(CSIZE | CSTOPB | PARENB | PARODD | CRTSCTS);
    line.c_cflag |= settings.data_bits == 7 ? CS7 : CS8;
    if (settings.stop_bits == 2) line.c_cflag |= CSTOPB;
    if (settings.parity != Parity::none) {
        line.c_cflag |= PARENB;
        // A byte whose parity is wrong reads as NUL, which spoils its frame; thrown away it would
        // leave a shorter number behind.
        line.c_iflag |= INPCK;
    }
    if (settings.parity == Parity::odd) line.c_cflag |= PARODD;
    if (settings.flow == FlowControl::rts_cts) line.c_cflag |= CRTSCTS;
    if (settings.flow == FlowControl::xon_xoff) line.c_iflag |= IXON | IXOFF;
    line.c_cc[VMIN] = 1;
    line.c_cc[VTIME] = 0;
}

}  // namespace

bool is_serial_rate(int baud) {
    return rate_of(baud).has_value();
}

Result<int> open_serial(const std::string& path, const SerialSettings& settings) {
    const auto rate = rate_of(settings.baud);
    if (!rate)
        return fail(Remedy::stop, "The serial line " + path + " cannot run at " +
                                      std::to_string(settings.baud) +
                                      " baud: set one of 1200 to 921600.");
    const int fd = ::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return tl::unexpected(cannot_open(path, errno));
    termios line{};
    if (tcgetattr(fd, &line) != 0) {
        ::close(fd);
        return fail(Remedy::stop, path + " is no serial line: check its name in the site file.");
    }
    make_raw(line, settings, *rate);
    if (tcsetattr(fd, TCSANOW, &line) != 0) {
        const int error = errno;
        ::close(fd);
        return fail(Remedy::stop, "The serial line " + path + " refuses these line settings (" +
                                      std::strerror(error) + "): check baud, parity and bits.");
    }
    ioctl(fd, TIOCEXCL);
    tcflush(fd, TCIOFLUSH);
    return fd;
}

}  // namespace kemas::bus
