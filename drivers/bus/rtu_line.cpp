#include "drivers/bus/rtu_line.hpp"

#include <fcntl.h>
#include <modbus.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <span>
#include <thread>

namespace kemas::bus {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr milliseconds kLongestQuiet{500}, kLongestSettling{1'200};

int milliseconds_until(std::chrono::steady_clock::time_point moment) {
    const auto left = moment - std::chrono::steady_clock::now();
    return static_cast<int>(
        std::max<std::int64_t>(0, std::chrono::ceil<milliseconds>(left).count()));
}

int free_low_descriptor() {
    const int null = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (null < FD_SETSIZE) return null;
    ::close(null);
    return -1;
}

}  // namespace

bool known_baud(int baud) {
    // libmodbus takes any other for 9600, without a word.
    constexpr std::array<int, 14> known{1200,   2400,   4800,   9600,   19200,  38400,  57600,
                                        115200, 230400, 460800, 500000, 576000, 921600, 1000000};
    return std::find(known.begin(), known.end(), baud) != known.end();
}

RtuLine::RtuLine(ModbusRtuOptions options)
    : options_(std::move(options)),
      low_descriptor_(free_low_descriptor()),
      wake_descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

RtuLine::~RtuLine() {
    close();
    if (low_descriptor_ >= 0) ::close(low_descriptor_);
    if (wake_descriptor_ >= 0) ::close(wake_descriptor_);
}

void RtuLine::wake() {
    woken_ = true;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(wake_descriptor_, &one, sizeof one);
}

tl::unexpected<Fault> RtuLine::lost(const std::string& what) const {
    if (woken_) return fail(Remedy::stop, options_.device + ": stopped");
    return fail(Remedy::reconnect, options_.device + ": " + what);
}

Result<void> RtuLine::open() {
    if (context_) return {};
    if (low_descriptor_ < 0)
        return lost("no descriptor below " + std::to_string(FD_SETSIZE) +
                    " was free: too many files are open, restart the service");
    context_ = modbus_new_rtu(options_.device.c_str(), options_.baud, options_.parity, 8,
                              options_.stop_bits);
    if (!context_)
        return lost("serial settings that libmodbus does not know: check baud and parity");
    modbus_set_error_recovery(context_, MODBUS_ERROR_RECOVERY_NONE);
    modbus_set_byte_timeout(context_, 0, 0);  // the response timeout bounds the whole answer
    if (modbus_connect(context_) != 0) {
        const int error = errno;
        modbus_free(context_);
        context_ = nullptr;
        return lost("cannot be opened (" + std::string(std::strerror(error)) +
                    "): check that the adapter is plugged in and may be used");
    }
    // Held by number, whatever the system gave: libmodbus calls select().
    const int given = modbus_get_socket(context_);
    ::dup3(given, low_descriptor_, O_CLOEXEC);
    ::close(given);
    modbus_set_socket(context_, low_descriptor_);
    open_ = true;
    ::ioctl(low_descriptor_, TIOCEXCL);
    if (::flock(low_descriptor_, LOCK_EX | LOCK_NB) != 0) {
        close();
        return lost("is used by another program: stop that one");
    }
    return {};
}

void RtuLine::close() {
    if (!context_) return;
    open_ = false;
    // What libmodbus would close keeps our number: something harmless takes its place.
    if (const int null = ::open("/dev/null", O_RDONLY | O_CLOEXEC); null >= 0) {
        ::dup3(null, low_descriptor_, O_CLOEXEC);
        ::close(null);
    } else {
        ::close(std::exchange(low_descriptor_, -1));
    }
    modbus_set_socket(context_, -1);
    modbus_free(context_);
    context_ = nullptr;
}

// Waits for bytes, for the end of the time, or for wake().
RtuLine::Heard RtuLine::listen(Clock::time_point until) {
    while (true) {
        if (woken_) return Heard::woken;
        pollfd waits[2] = {{low_descriptor_, POLLIN, 0}, {wake_descriptor_, POLLIN, 0}};
        const int count = ::poll(waits, 2, milliseconds_until(until));
        if (woken_) return Heard::woken;
        if (count < 0 && errno != EINTR) return Heard::gone;
        if (count > 0 && (waits[0].revents & POLLIN) != 0) return Heard::bytes;
        if (count > 0 && waits[0].revents != 0) return Heard::gone;
        if (Clock::now() >= until) return Heard::silence;
    }
}

void RtuLine::keep_gap() {
    // 3.5 characters of 11 bits; the standard fixes 1750 us above 19200 baud.
    const auto silence =
        options_.baud > 19200 ? microseconds(1'750) : microseconds(38'500'000 / options_.baud);
    const auto gap = std::max<microseconds>(silence, milliseconds(options_.min_gap_ms));
    const auto earliest = last_end_ + gap;
    if (Clock::now() < earliest) std::this_thread::sleep_until(earliest);
}

Result<Answer> RtuLine::exchange(const Query& query, Deadline not_after) {
    answer_may_follow_ = false;
    if (query.unit == 0 || query.unit > 247)
        return fail(Remedy::call_person, options_.device + ": a serial unit is 1 to 247, not " +
                                             std::to_string(query.unit));
    if (auto up = open(); !up) return tl::unexpected(up.error());
    keep_gap();
    if (woken_) return lost("stopped");
    Frame request;
    request.push(query.unit);
    encode_pdu(query, request);
    modbus_set_slave(context_, query.unit);
    modbus_flush(context_);  // what came unasked is no answer
    if (Clock::now() > not_after)
        return fail(Remedy::stop,
                    options_.device + ": the command was not sent, its time had passed");
    const auto until = Clock::now() + milliseconds(options_.timeout_ms);
    const int sent =
        modbus_send_raw_request(context_, request.data.data(), static_cast<int>(request.size));
    Result<Answer> answer = fail(Remedy::reconnect, "");
    if (sent < 0) {
        answer = lost("sending failed (" + std::string(modbus_strerror(errno)) + ")");
        close();
    } else {
        answer = receive(query, until);
    }
    last_end_ = Clock::now();
    // Of a write that may have arrived nobody knows whether it was done, stopped or not.
    if (!answer && query.writes() && answer.error().remedy == Remedy::stop)
        answer.error().remedy = Remedy::reconnect;
    return answer;
}

Result<Answer> RtuLine::receive(const Query& query, Clock::time_point until) {
    const std::string unit = "unit " + std::to_string(query.unit);
    const auto silent = [&] {
        answer_may_follow_ = true;
        return lost(unit + " did not answer within " + std::to_string(options_.timeout_ms) +
                    " ms: check its power, cable and serial settings");
    };
    switch (listen(until)) {
        case Heard::bytes:
            break;
        case Heard::silence:
            return silent();
        case Heard::woken:
            return lost("stopped");
        case Heard::gone:
            close();
            return lost("the adapter is gone: check that it is plugged in");
    }
    const int left = std::max(1, milliseconds_until(until));
    modbus_set_response_timeout(context_, static_cast<std::uint32_t>(left / 1000),
                                static_cast<std::uint32_t>(left % 1000) * 1000);
    const int size = modbus_receive_confirmation(context_, buffer_.data());
    const int error = errno;
    if (size == 0) return lost("answer of unit " + std::to_string(buffer_[0]) + ", asked " + unit);
    if (size < 0 && (error == EIO || error == EBADF || error == ENXIO || error == ENODEV)) {
        close();
        return lost("the adapter is gone (" + std::string(std::strerror(error)) + ")");
    }
    if (size < 0 && error == ETIMEDOUT) {
        answer_may_follow_ = true;
        return lost(unit + ": answer cut short or too slow");
    }
    if (size < 0) return lost(unit + ": damaged answer (" + modbus_strerror(error) + ")");
    if (Clock::now() > until) return lost(unit + ": late answer");
    if (size < 5 || buffer_[0] != query.unit)
        return lost("answer of unit " + std::to_string(buffer_[0]) + ", asked " + unit);
    // Unit, function code and data, CRC (which libmodbus has checked).
    const std::span<const std::uint8_t> pdu(buffer_.data() + 1, static_cast<std::size_t>(size) - 3);
    auto answer = decode_pdu(query, pdu);
    if (!answer) answer.error().what = options_.device + " " + unit + ": " + answer.error().what;
    return answer;
}

void RtuLine::settle() {
    if (!context_) return;
    ::tcflush(low_descriptor_, TCOFLUSH);  // a request not yet on the wire must not follow later
    const auto quiet = std::min(milliseconds(options_.timeout_ms), kLongestQuiet);
    const auto end = Clock::now() + kLongestSettling;
    while (Clock::now() < end) {
        switch (listen(Clock::now() + quiet)) {
            case Heard::bytes:
                if (::read(low_descriptor_, buffer_.data(), buffer_.size()) <= 0) return close();
                break;
            case Heard::silence:
                last_end_ = Clock::now();
                return;
            case Heard::woken:
                return;
            case Heard::gone:
                return close();
        }
    }
    close();  // it babbles on: begin anew
}

}  // namespace kemas::bus
