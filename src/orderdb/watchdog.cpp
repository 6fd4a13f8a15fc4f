#include "orderdb/watchdog.hpp"

namespace kemas::orderdb {

// A cut is repeated: the call may have opened its socket only after the first one.
static constexpr std::chrono::milliseconds kCutAgain{100};

Watchdog::Watchdog() : thread_([this] { run(); }) {}

Watchdog::~Watchdog() {
    {
        const std::lock_guard lock(mutex_);
        quit_ = true;
        changed_.notify_one();
    }
    thread_.join();
}

void Watchdog::set_cut(std::function<void()> cut) {
    const std::lock_guard lock(mutex_);
    cut_ = std::move(cut);
}

bool Watchdog::begin(std::chrono::milliseconds deadline) {
    const std::lock_guard lock(mutex_);
    if (interrupted_) return false;
    cut_off_ = false;
    deadline_ = std::chrono::steady_clock::now() + deadline;
    changed_.notify_one();
    return true;
}

void Watchdog::end() {
    const std::lock_guard lock(mutex_);
    deadline_.reset();
}

void Watchdog::interrupt() {
    const std::lock_guard lock(mutex_);
    interrupted_ = true;
    if (!deadline_) return;
    cut_now();
    changed_.notify_one();
}

void Watchdog::cut_now() {
    cut_off_ = true;
    deadline_ = std::chrono::steady_clock::now() + kCutAgain;
    if (cut_) cut_();
}

void Watchdog::run() {
    std::unique_lock lock(mutex_);
    while (!quit_) {
        if (!deadline_) {
            changed_.wait(lock);
        } else if (std::chrono::steady_clock::now() < *deadline_) {
            const auto until = *deadline_;
            changed_.wait_until(lock, until);
        } else {
            cut_now();
        }
    }
}

}  // namespace kemas::orderdb
