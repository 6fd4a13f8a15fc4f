#include "drivers/bus/link.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

namespace kemas::bus {
namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t most_heard = 4096;
constexpr auto quietly = asio::as_tuple(asio::use_awaitable);

}  // namespace

asio::awaitable<Link::End> Link::until(const Condition& condition, int timeout_ms) {
    const auto deadline = timeout_ms < 0 ? Clock::time_point::max()
                                         : Clock::now() + std::chrono::milliseconds(timeout_ms);
    for (;;) {
        if (stopped_) co_return End::stopped;
        if (condition()) co_return End::ok;
        if (Clock::now() >= deadline) co_return End::timeout;
        bell_.expires_at(deadline);
        co_await bell_.async_wait(quietly);
    }
}

void Link::listen() {
    read_some(incoming_.data(), incoming_.size(),
              [self = shared_from_this()](Error error, std::size_t n) {
                  if (self->heard_.size() < most_heard)
                      self->heard_.append(self->incoming_.data(), n);
                  if (!error)
                      self->listen();
                  else if (error == asio::error::eof)
                      self->on_end_of_stream();
                  else if (error != asio::error::operation_aborted)
                      self->break_off(error.message());
                  self->ring();
              });
}

void Link::break_off(const std::string& why) {
    broken_ = true;
    error_ = why;
}

void Link::send_more() {
    write_some(outgoing_.data() + sent_, outgoing_.size() - sent_,
               [self = shared_from_this()](Error error, std::size_t n) {
                   self->sent_ += n;
                   if (error) {
                       self->send_failed_ = true;
                       if (!self->broken_) self->error_ = error.message();
                   } else if (self->sent_ < self->outgoing_.size() && !self->stopped_) {
                       self->send_more();
                   }
                   self->ring();
               });
}

asio::awaitable<Link::End> Link::send(std::string bytes, int stall_ms) {
    outgoing_ = std::move(bytes);
    sent_ = 0;
    send_failed_ = false;
    if (outgoing_.empty()) co_return End::ok;
    send_more();
    while (sent_ < outgoing_.size()) {
        const std::size_t before = sent_;
        const Condition moved = [this, before] {
            return send_failed_ || broken_ || sent_ > before;
        };
        const End end = co_await until(moved, stall_ms);
        if (end != End::ok) co_return end;
        if (send_failed_ || broken_) co_return End::failed;
    }
    co_return End::ok;
}

void Link::stop() {
    stopped_ = true;
    ring();
}

}  // namespace kemas::bus
