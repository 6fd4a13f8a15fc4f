// A pty whose far end is a test, under a name that survives its loss, as /dev/serial/by-id does.
#pragma once

#include <fcntl.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <filesystem>
#include <string>

namespace kemas {

class Pty {
 public:
    explicit Pty(std::filesystem::path link) : link_(std::move(link)) { plug(); }
    ~Pty() { unplug(); }
    Pty(const Pty&) = delete;
    Pty& operator=(const Pty&) = delete;

    void plug() {
        int slave = -1;
        char name[64];
        if (openpty(&master_, &slave, name, nullptr, nullptr) != 0) return;
        termios raw{};
        tcgetattr(slave, &raw);
        cfmakeraw(&raw);
        tcsetattr(slave, TCSANOW, &raw);
        close(slave);
        fcntl(master_, F_SETFL, O_NONBLOCK);
        std::filesystem::remove(link_);
        std::filesystem::create_symlink(name, link_);
    }
    void unplug() {
        if (master_ >= 0) close(master_);
        master_ = -1;
        std::error_code ignored;
        std::filesystem::remove(link_, ignored);
    }
    void send(std::string_view bytes) const {
        if (write(master_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
            sent_all = false;
    }
    // What came since the last look.
    const std::string& look() {
        char chunk[512];
        for (ssize_t n; (n = read(master_, chunk, sizeof chunk)) > 0;)
            got.append(chunk, static_cast<std::size_t>(n));
        return got;
    }
    std::string path() const { return link_.string(); }
    std::string got;
    mutable bool sent_all = true;

 private:
    std::filesystem::path link_;
    int master_ = -1;
};

}  // namespace kemas
