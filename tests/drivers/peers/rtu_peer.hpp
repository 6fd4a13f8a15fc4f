// Modbus RTU units on a pty that misbehave as told, once per request, and well after that.
// Registers hold 1000 + address; anything wrong it sends holds 0xBAD0, so that a test sees it.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "drivers/bus/modbus_rtu.hpp"

namespace kemas::test {

class RtuPeer {
 public:
    using Bytes = std::vector<std::uint8_t>;
    // Answers one request (whole, with its CRC); false = the adapter is pulled out.
    using Behaviour = std::function<bool(RtuPeer&, const Bytes&)>;

    explicit RtuPeer(std::deque<Behaviour> script, Behaviour after = nullptr)
        : script_(std::move(script)), after_(std::move(after)) {
        char name[64] = {};
        int slave = -1;
        termios raw{};
        cfmakeraw(&raw);
        if (openpty(&master_, &slave, name, &raw, nullptr) != 0) std::abort();
        slave_ = slave;  // held open: else the master sees a hang-up between two users
        path_ = name;
        thread_ = std::thread([this] { serve(); });
    }
    ~RtuPeer() {
        stopping_ = true;
        thread_.join();
        pull_out();
    }

    const std::string& path() const { return path_; }
    int requests() const { return requests_; }
    void send(const Bytes& bytes) {
        if (master_ >= 0 && ::write(master_, bytes.data(), bytes.size()) < 0) stopping_ = true;
    }
    void pull_out() {
        if (master_ >= 0) ::close(std::exchange(master_, -1));
        if (slave_ >= 0) ::close(std::exchange(slave_, -1));
    }
    static void sleep_ms(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

    static Bytes with_crc(Bytes bytes) {
        unsigned crc = 0xFFFF;
        for (const std::uint8_t byte : bytes) {
            crc ^= byte;
            for (int i = 0; i < 8; ++i) crc = crc & 1 ? crc >> 1 ^ 0xA001 : crc >> 1;
        }
        bytes.push_back(static_cast<std::uint8_t>(crc & 0xFF));
        bytes.push_back(static_cast<std::uint8_t>(crc >> 8));
        return bytes;
    }
    static Bytes good(const Bytes& r, int base = 1000) {
        if (r[1] == 5 || r[1] == 6) return r;
        Bytes answer{r[0], r[1]};
        if (r[1] == 16) {
            answer.insert(answer.end(), r.begin() + 2, r.begin() + 6);
            return with_crc(answer);
        }
        const int start = r[2] << 8 | r[3], count = r[4] << 8 | r[5];
        return registers(r, start, count, base);
    }
    static Bytes bad(const Bytes& r) { return good(r, 0xBAD0); }
    static Bytes registers(const Bytes& r, int start, int count, int base) {
        Bytes answer{r[0], r[1], static_cast<std::uint8_t>(2 * count)};
        for (int i = start; i < start + count; ++i) {
            answer.push_back(static_cast<std::uint8_t>((base + i) >> 8));
            answer.push_back(static_cast<std::uint8_t>((base + i) & 0xFF));
        }
        return with_crc(answer);
    }

 private:
    void serve() {
        Bytes request;
        while (!stopping_ && master_ >= 0) {
            pollfd wait{master_, POLLIN, 0};
            if (::poll(&wait, 1, 10) <= 0) {
                request.clear();  // silence ends a frame
                continue;
            }
            std::uint8_t bytes[256];
            const auto got = ::read(master_, bytes, sizeof bytes);
            if (got <= 0) continue;
            request.insert(request.end(), bytes, bytes + got);
            const std::size_t whole = request.size() > 6 && request[1] == 16 ? 9u + request[6] : 8u;
            if (request.size() < whole) continue;
            ++requests_;
            Behaviour act = after_;
            if (!script_.empty()) {
                act = script_.front();
                script_.pop_front();
            }
            if (!act)
                send(good(request));
            else if (!act(*this, request))
                pull_out();
            request.clear();
        }
    }

    std::deque<Behaviour> script_;
    Behaviour after_;
    int master_ = -1, slave_ = -1;
    std::string path_;
    std::atomic<int> requests_ = 0;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

// How a master is set for such a line.
inline bus::ModbusRtuOptions rtu_options(const std::string& path, int timeout_ms) {
    bus::ModbusRtuOptions result;
    result.device = path;
    result.baud = 115'200;
    result.parity = 'N';
    result.timeout_ms = timeout_ms;
    return result;
}

inline bool hang(RtuPeer&, const RtuPeer::Bytes&) {
    return true;
}

}  // namespace kemas::test
