// Ends a blocking call that outlives its deadline, from a thread of its own. Knows no database.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace kemas::orderdb {

class Watchdog {
 public:
    Watchdog();
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    // What ends the call under way; called on another thread, never after set_cut({}) has returned.
    void set_cut(std::function<void()> cut);
    // A call begins. False: interrupted, no call may begin any more.
    bool begin(std::chrono::milliseconds deadline);
    void end();
    // Was this call cut? Stays until the next begin().
    bool is_cut() const { return cut_off_.load(); }
    bool is_interrupted() const { return interrupted_.load(); }
    // Cuts the call under way and lets no other begin.
    void interrupt();

 private:
    void run();
    void cut_now();  // with mutex_ held

    std::mutex mutex_;
    std::condition_variable changed_;
    std::function<void()> cut_;
    std::optional<std::chrono::steady_clock::time_point> deadline_;
    std::atomic<bool> cut_off_ = false, interrupted_ = false;
    bool quit_ = false;
    std::thread thread_;
};

}  // namespace kemas::orderdb
