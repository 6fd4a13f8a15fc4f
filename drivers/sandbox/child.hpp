// A program of ours that meets foreign bytes in its sandbox, and the socket pair to it. Knows no
// bytes.
#pragma once

#include <sys/types.h>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <string>

namespace kemas::sandbox {

class Child {
 public:
    using Socket = boost::asio::local::stream_protocol::socket;

    explicit Child(const boost::asio::any_io_executor& executor) : socket_(executor) {}
    ~Child() { end(); }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    // Starts `program --serve` with nothing of ours but its end of the pair. Why not, or empty.
    std::string start(const std::string& program);
    void end();  // kills and reaps it
    bool running() const { return pid_ > 0; }
    Socket& socket() { return socket_; }
    pid_t pid() const { return pid_; }

 private:
    pid_t pid_ = -1;
    Socket socket_;
};

}  // namespace kemas::sandbox
