// The far end of a pseudo-terminal: what a device on a serial line or a device file says and hears,
// by a script that runs on a thread of its own. Knows no protocol.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

namespace kemas::test {

class PtyPeer {
 public:
    using Script = std::function<void(PtyPeer&)>;

    explicit PtyPeer(Script script) {
        char name[128];
        if (::openpty(&master_, &slave_, name, nullptr, nullptr) != 0)
            throw std::runtime_error("no pty");
        termios line{};
        tcgetattr(slave_, &line);
        cfmakeraw(&line);
        tcsetattr(slave_, TCSANOW, &line);
        path_ = name;
        thread_ = std::thread([this, script = std::move(script)] { script(*this); });
    }
    ~PtyPeer() {
        over_ = true;
        thread_.join();
        unplug();
    }

    const std::string& path() const { return path_; }
    bool over() const { return over_; }

    // What comes within the time, at least one byte; empty = nothing came.
    std::string hear(int patience_ms = 20) {
        pollfd wait{master_, POLLIN, 0};
        if (over_ || ::poll(&wait, 1, patience_ms) <= 0) return {};
        char block[4096];
        const auto n = ::read(master_, block, sizeof block);
        std::string got(block, n > 0 ? static_cast<std::size_t>(n) : 0);
        const std::lock_guard lock(mutex_);
        all_ += got;
        return got;
    }
    // Until `end` has come, or the test is over.
    std::string hear_until(const std::string& end) {
        std::string got;
        while (!over_ && got.find(end) == std::string::npos) got += hear();
        return got;
    }
    void say(const std::string& words) {
        for (std::size_t at = 0; at < words.size() && !over_;) {
            const auto n = ::write(master_, words.data() + at, words.size() - at);
            if (n <= 0) return;
            at += static_cast<std::size_t>(n);
        }
    }
    // As pulling the plug: the near end gets an error.
    void unplug() {
        if (master_ >= 0) ::close(master_);
        if (slave_ >= 0) ::close(slave_);
        master_ = slave_ = -1;
    }
    void wait_until_over() const {
        while (!over_) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    std::string all() {
        const std::lock_guard lock(mutex_);
        return all_;
    }

 private:
    int master_ = -1, slave_ = -1;
    std::string path_, all_;
    std::mutex mutex_;
    std::atomic<bool> over_ = false;
    std::thread thread_;
};

}  // namespace kemas::test
