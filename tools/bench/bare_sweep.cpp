#include "bare_sweep.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace kemas::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds pause_between{12};  // as the driver's sweeps have

int connected_to(std::uint16_t port) {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in there{};
    there.sin_family = AF_INET;
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    there.sin_port = htons(port);
    if (connect(fd, reinterpret_cast<sockaddr*>(&there), sizeof there) != 0)
        throw std::runtime_error("no connection to the devices");
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

double sweep_once(int epoll, const std::vector<int>& fds) {
    const std::array<std::uint8_t, 12> request{0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 5};
    std::array<std::uint8_t, 64> answer{};
    std::array<epoll_event, 128> events{};
    const auto begun = Clock::now();
    for (const int fd : fds)
        if (write(fd, request.data(), request.size()) < 0) throw std::runtime_error("write");
    std::size_t answered = 0;
    while (answered < fds.size()) {
        const int count = epoll_wait(epoll, events.data(), events.size(), -1);
        for (int i = 0; i < count; ++i) {
            const int fd = events[static_cast<std::size_t>(i)].data.fd;
            if (read(fd, answer.data(), answer.size()) <= 0) throw std::runtime_error("read");
            ++answered;
        }
    }
    return std::chrono::duration<double>(Clock::now() - begun).count() * 1e3;
}

}  // namespace

std::vector<double> bare_sweeps(std::uint16_t port, int devices, int sweeps) {
    const int epoll = epoll_create1(0);
    std::vector<int> fds;
    for (int i = 0; i < devices; ++i) {
        fds.push_back(connected_to(port));
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = fds.back();
        epoll_ctl(epoll, EPOLL_CTL_ADD, fds.back(), &event);
    }
    std::vector<double> times;
    for (int i = 0; i < sweeps; ++i) {
        std::this_thread::sleep_for(pause_between);
        times.push_back(sweep_once(epoll, fds));
    }
    for (const int fd : fds) close(fd);
    close(epoll);
    return times;
}

}  // namespace kemas::bench
