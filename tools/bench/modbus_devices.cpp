#include "modbus_devices.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <ctime>
#include <deque>
#include <new>
#include <stdexcept>

namespace kemas::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::nanoseconds kLongestAgo{2'000'000};

struct Due {
    Clock::time_point at;
    int fd = -1;
    std::uint16_t transaction = 0;
};

class Server {
 public:
    Server(int listener, int answer_after_us, std::atomic<std::uint64_t>& answered)
        : listener_(listener),
          epoll_(epoll_create1(0)),
          after_(answer_after_us),
          answered_(answered) {
        watch(listener_);
    }
    [[noreturn]] void run() {
        std::array<epoll_event, 128> events{};
        while (true) {
            // Who is awake answers on time, and costs nobody a wake-up: a device has its own chip.
            const int limit = due_.empty() ? -1 : 0;
            const int count = epoll_wait(epoll_, events.data(), events.size(), limit);
            for (int i = 0; i < count; ++i) {
                const int fd = events[static_cast<std::size_t>(i)].data.fd;
                if (fd == listener_)
                    welcome();
                else
                    hear(fd);
            }
            while (!due_.empty() && due_.front().at <= Clock::now()) {
                answer(due_.front().fd, due_.front().transaction);
                due_.pop_front();
            }
        }
    }

 private:
    void watch(int fd) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = fd;
        epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
    }
    void welcome() {
        const int fd = accept(listener_, nullptr, nullptr);
        const int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (after_.count() > 0) setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
        watch(fd);
    }
    void hear(int fd) {
        std::array<std::uint8_t, 260> request{};
        std::array<char, 64> control{};
        iovec part{request.data(), request.size()};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        const auto got = recvmsg(fd, &message, 0);
        if (got < 12) {
            std::erase_if(due_, [fd](const Due& due) { return due.fd == fd; });
            close(fd);
            return;
        }
        const auto transaction = static_cast<std::uint16_t>(request[0] << 8 | request[1]);
        if (after_.count() == 0)
            answer(fd, transaction);
        else
            due_.push_back({arrival(message) + after_, fd, transaction});
    }
    // When the system took the request in: sixty-four devices would not wait for one another to
    // read theirs, as they do in this one process.
    static Clock::time_point arrival(msghdr& message) {
        timespec stamp{}, real{};
        for (auto* one = CMSG_FIRSTHDR(&message); one; one = CMSG_NXTHDR(&message, one))
            if (one->cmsg_level == SOL_SOCKET && one->cmsg_type == SO_TIMESTAMPNS)
                std::memcpy(&stamp, CMSG_DATA(one), sizeof stamp);
        const auto now = Clock::now();
        clock_gettime(CLOCK_REALTIME, &real);
        if (stamp.tv_sec == 0) return now;
        const std::chrono::nanoseconds ago((real.tv_sec - stamp.tv_sec) * 1'000'000'000 +
                                           real.tv_nsec - stamp.tv_nsec);
        return now - std::clamp(ago, std::chrono::nanoseconds(0), kLongestAgo);
    }
    void answer(int fd, std::uint16_t transaction) {
        ++beat_;
        const std::array<std::uint8_t, 19> frame{static_cast<std::uint8_t>(transaction >> 8),
                                                 static_cast<std::uint8_t>(transaction & 0xFF),
                                                 0,
                                                 0,
                                                 0,
                                                 13,
                                                 1,
                                                 3,
                                                 10,
                                                 0,
                                                 0,
                                                 0x04,
                                                 0xD2,
                                                 0,
                                                 1,
                                                 static_cast<std::uint8_t>(beat_ >> 8),
                                                 static_cast<std::uint8_t>(beat_ & 0xFF),
                                                 0,
                                                 5};
        if (send(fd, frame.data(), frame.size(), MSG_NOSIGNAL) > 0)
            answered_.fetch_add(1, std::memory_order_relaxed);
    }

    int listener_, epoll_;
    std::chrono::microseconds after_;
    std::atomic<std::uint64_t>& answered_;
    std::deque<Due> due_;
    std::uint16_t beat_ = 0;
};

}  // namespace

ModbusDevices::ModbusDevices(int answer_after_us) {
    void* shared = mmap(nullptr, sizeof(std::atomic<std::uint64_t>), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) throw std::runtime_error("no shared memory");
    answered_ = new (shared) std::atomic<std::uint64_t>(0);
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof any;
    if (bind(listener, reinterpret_cast<sockaddr*>(&any), size) != 0 || listen(listener, 128) != 0)
        throw std::runtime_error("no port for the devices");
    getsockname(listener, reinterpret_cast<sockaddr*>(&any), &size);
    port_ = ntohs(any.sin_port);
    pid_ = fork();
    if (pid_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        signal(SIGPIPE, SIG_IGN);
        Server(listener, answer_after_us, *answered_).run();
    }
    close(listener);
}

ModbusDevices::~ModbusDevices() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    munmap(answered_, sizeof(std::atomic<std::uint64_t>));
}

std::uint64_t ModbusDevices::answered() const {
    return answered_->load(std::memory_order_relaxed);
}

}  // namespace kemas::bench
