// A Modbus TCP device on loopback that misbehaves as told, once per request, and well after that.
// Its registers hold 1000 + address; anything wrong it sends holds 0xBAD0, so that a test sees it.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace kemas::test {

using Bytes = std::vector<std::uint8_t>;
using Request = Bytes;  // the whole frame: 12 bytes, more when it writes several registers

class ModbusPeer {
 public:
    using Socket = boost::asio::ip::tcp::socket;
    // Answers one request; false = hang up.
    using Behaviour = std::function<bool(Socket&, const Request&)>;

    explicit ModbusPeer(std::deque<Behaviour> script, Behaviour after = nullptr,
                        std::uint16_t port = 0)
        : script_(std::move(script)), after_(std::move(after)) {
        const boost::asio::ip::tcp::endpoint any(boost::asio::ip::make_address("127.0.0.1"), port);
        acceptor_.open(any.protocol());
        acceptor_.set_option(boost::asio::socket_base::reuse_address(true));
        acceptor_.bind(any);
        acceptor_.listen();
        port_ = acceptor_.local_endpoint().port();
        thread_ = std::thread([this] { serve(); });
    }
    ~ModbusPeer() {
        stopping_ = true;
        ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
        {
            const std::lock_guard lock(mutex_);
            if (current_ >= 0) ::shutdown(current_, SHUT_RDWR);
        }
        thread_.join();
    }

    std::uint16_t port() const { return port_; }
    int connections() const { return connections_; }
    std::vector<Request> seen() const {
        const std::lock_guard lock(mutex_);
        return seen_;
    }

    static Bytes good(const Request& r, int base = 1000) {
        if (r[7] == 5 || r[7] == 6) return r;
        if (r[7] == 16) {
            Bytes confirm(r.begin(), r.begin() + 12);
            confirm[5] = 6;
            return confirm;
        }
        const int count = r[10] << 8 | r[11], start = r[8] << 8 | r[9];
        Bytes words;
        for (int i = 0; i < count; ++i) {
            words.push_back(static_cast<std::uint8_t>((base + start + i) >> 8));
            words.push_back(static_cast<std::uint8_t>((base + start + i) & 0xFF));
        }
        return frame(r, words);
    }
    static Bytes frame(const Request& r, const Bytes& words) {
        const auto length = static_cast<std::uint16_t>(3 + words.size());
        Bytes out{r[0],
                  r[1],
                  0,
                  0,
                  static_cast<std::uint8_t>(length >> 8),
                  static_cast<std::uint8_t>(length & 0xFF),
                  r[6],
                  r[7],
                  static_cast<std::uint8_t>(words.size())};
        out.insert(out.end(), words.begin(), words.end());
        return out;
    }
    static Bytes bad(const Request& r) { return good(r, 0xBAD0); }
    static bool send(Socket& socket, const Bytes& bytes) {
        boost::system::error_code ec;
        boost::asio::write(socket, boost::asio::buffer(bytes), ec);
        return !ec;
    }
    static bool wait_for_hang_up(Socket& socket) {
        std::uint8_t byte = 0;
        boost::system::error_code ec;
        while (!ec) boost::asio::read(socket, boost::asio::buffer(&byte, 1), ec);
        return false;
    }

 private:
    void serve() {
        while (!stopping_) {
            Socket socket(context_);
            boost::system::error_code ec;
            acceptor_.accept(socket, ec);
            if (ec || stopping_) return;
            ++connections_;
            track(socket.native_handle());
            while (!stopping_ && answer(socket)) {
            }
            track(-1);
        }
    }
    bool answer(Socket& socket) {
        Request request(6);
        boost::system::error_code ec;
        boost::asio::read(socket, boost::asio::buffer(request), ec);
        if (ec) return false;
        const std::size_t length = request[5];
        request.resize(6 + length);
        boost::asio::read(socket, boost::asio::buffer(request.data() + 6, length), ec);
        if (ec) return false;
        {
            const std::lock_guard lock(mutex_);
            seen_.push_back(request);
        }
        if (script_.empty()) return after_ ? after_(socket, request) : send(socket, good(request));
        const Behaviour behave = script_.front();
        script_.pop_front();
        return behave(socket, request);
    }
    void track(int handle) {
        const std::lock_guard lock(mutex_);
        current_ = handle;
    }

    std::deque<Behaviour> script_;
    Behaviour after_;
    boost::asio::io_context context_;
    boost::asio::ip::tcp::acceptor acceptor_{context_};
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_ = false;
    std::atomic<int> connections_ = 0;
    mutable std::mutex mutex_;
    std::vector<Request> seen_;
    int current_ = -1;
    std::thread thread_;
};

}  // namespace kemas::test
