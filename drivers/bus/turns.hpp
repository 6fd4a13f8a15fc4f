// Who may use a line next: one at a time, in the order they came, commands before polls. Loop
// thread only. Knows no Modbus.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>

namespace kemas::bus {

class Turns {
 public:
    using Moment = std::chrono::steady_clock::time_point;
    explicit Turns(boost::asio::any_io_executor executor);
    ~Turns();

    // True when the line was free and is now the caller's, who must give() it back.
    bool try_take();
    // Waits for the line. False = stopped, or not_after came first. The owner must outlive it.
    boost::asio::awaitable<bool> take(bool command, Moment not_after);
    void give();
    void stop();  // all that wait get false; so does everybody later
    std::size_t waiting() const { return commands_.size() + polls_.size(); }

 private:
    struct Waiter;
    using Queue = std::deque<std::shared_ptr<Waiter>>;
    boost::asio::any_io_executor executor_;
    Queue commands_, polls_;
    int commands_in_a_row_ = 0;
    bool taken_ = false, stopped_ = false;
};

}  // namespace kemas::bus
