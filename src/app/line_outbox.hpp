// Inputs of a line that must reach the books: what the books are too busy to take is given again,
// in its order and under its own key, until they have it. Loop thread only.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>

#include "runtime/inbox.hpp"

namespace kemas::app {

class LineOutbox : public std::enable_shared_from_this<LineOutbox> {
 public:
    using Submit = std::function<void(Envelope, runtime::OnDone)>;
    static constexpr std::chrono::milliseconds kAgainAfter{200};

    LineOutbox(boost::asio::any_io_executor loop, Submit submit)
        : submit_(std::move(submit)), timer_(loop) {}

    // `on_done` never hears "busy".
    void give(Envelope envelope, runtime::OnDone on_done);
    void stop();  // what waits is not given any more; a restart of the daemon settles it
    std::size_t waiting() const { return waiting_.size(); }

 private:
    struct Waiting {
        Envelope envelope;
        runtime::OnDone on_done;
    };
    void send_first();
    void again_later();

    Submit submit_;
    boost::asio::steady_timer timer_;
    std::deque<Waiting> waiting_;  // the first one is on its way
    bool stopped_ = false;
};

}  // namespace kemas::app
