// The line to a scanner: a socket or a serial port, without its kind. Knows no frame.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <memory>
#include <utility>

namespace kemas::scanner {

struct WireRead {
    boost::system::error_code error;
    std::size_t size = 0;
};

class Wire {
 public:
    using OnWritten = std::function<void(boost::system::error_code)>;
    virtual ~Wire() = default;
    virtual boost::asio::awaitable<WireRead> read_some(boost::asio::mutable_buffer into) = 0;
    virtual void write(boost::asio::const_buffer bytes, OnWritten on_written) = 0;
    virtual void close() = 0;
    virtual bool takes_answers_after_its_end() const = 0;  // a socket's half may be closed
    virtual boost::asio::any_io_executor executor() = 0;
};

// `quiet_ends`: how many reads of nothing are no end. A serial line may say "end" and live.
template <class Stream>
class StreamWire : public Wire {
 public:
    explicit StreamWire(Stream stream, int quiet_ends = 0)
        : stream_(std::move(stream)), quiet_ends_(quiet_ends) {}

    boost::asio::awaitable<WireRead> read_some(boost::asio::mutable_buffer into) override {
        constexpr auto as_tuple = boost::asio::as_tuple(boost::asio::use_awaitable);
        WireRead read;
        for (int ends = 0; ends <= quiet_ends_; ++ends) {
            auto [error, size] = co_await stream_.async_read_some(into, as_tuple);
            read.error = error;
            read.size = size;
            if (error != boost::asio::error::eof) break;
        }
        co_return read;
    }
    void write(boost::asio::const_buffer bytes, OnWritten on_written) override {
        boost::asio::async_write(
            stream_, bytes,
            [on_written = std::move(on_written)](boost::system::error_code error, std::size_t) {
                on_written(error);
            });
    }
    void close() override {
        boost::system::error_code ignored;
        stream_.close(ignored);
    }
    bool takes_answers_after_its_end() const override { return quiet_ends_ == 0; }
    boost::asio::any_io_executor executor() override { return stream_.get_executor(); }

 private:
    Stream stream_;
    int quiet_ends_;
};

}  // namespace kemas::scanner
