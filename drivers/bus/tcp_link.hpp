// A TCP connection to a device or to a device server.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <cstdint>

#include "drivers/bus/link.hpp"

namespace kemas::bus {

class TcpLink : public Link {
 public:
    TcpLink(const boost::asio::any_io_executor& executor, std::string host, std::uint16_t port)
        : Link(executor),
          socket_(executor),
          resolver_(executor),
          host_(std::move(host)),
          port_(port) {}

    /// Resolves (off the loop) and connects to the first address that answers.
    boost::asio::awaitable<End> open(int timeout_ms) override;
    void stop() override;
    void close() override;
    bool has_an_end() const override { return true; }
    void finish_sending() override;
    /// Whether the peer has acknowledged every byte that left.
    bool everything_delivered() override;

 private:
    void read_some(char* to, std::size_t room, Handler handler) override;
    void write_some(const char* from, std::size_t size, Handler handler) override;

    boost::asio::ip::tcp::socket socket_;
    boost::asio::ip::tcp::resolver resolver_;
    std::string host_;
    std::uint16_t port_;
};

}  // namespace kemas::bus
