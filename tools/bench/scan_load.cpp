#include "scan_load.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>

namespace kemas::bench {
namespace {

double now_us() {
    return std::chrono::duration<double, std::micro>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

int connect_to(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    if (fd < 0 || connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("no scanner port at " + std::to_string(port));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

}  // namespace

ScanLoad::ScanLoad(const std::vector<std::uint16_t>& ports) : poll_(epoll_create1(EPOLL_CLOEXEC)) {
    for (std::size_t i = 0; i < ports.size(); ++i) {
        Line line;
        line.fd = connect_to(ports[i]);
        line.sender = "s" + std::to_string(i + 1);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = i;
        epoll_ctl(poll_, EPOLL_CTL_ADD, line.fd, &event);
        lines_.push_back(std::move(line));
    }
}

ScanLoad::~ScanLoad() {
    for (const auto& line : lines_) close(line.fd);
    close(poll_);
}

void ScanLoad::send(Line& line, const std::string& code) {
    const auto text = "#" + line.sender + "-" + std::to_string(++line.count) + ";" + code + "\r\n";
    line.sent_at = now_us();
    if (::send(line.fd, text.data(), text.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(text.size()))
        throw std::runtime_error("a scanner cannot send");
}

bool ScanLoad::hear(Line& line) {
    char bytes[4096];
    const auto size = read(line.fd, bytes, sizeof bytes);
    if (size <= 0) throw std::runtime_error("kemasd hung up on a scanner");
    line.heard.append(bytes, static_cast<std::size_t>(size));
    for (auto end = line.heard.find('\n'); end != std::string::npos; end = line.heard.find('\n')) {
        const auto answer = line.heard.substr(0, end);
        line.heard.erase(0, end + 1);
        if (answer.starts_with("+")) return true;
        if (answer.starts_with("-")) throw std::runtime_error("a scan was refused: " + answer);
    }
    return false;
}

void ScanLoad::scan(std::size_t scanner, const std::string& code) {
    auto& line = lines_.at(scanner);
    send(line, code);
    while (!hear(line)) {
    }
}

Samples ScanLoad::run(std::size_t scanners, const std::vector<std::string>& codes, double seconds) {
    Samples samples;
    const auto start = now_us();
    const auto end = start + seconds * 1e6;
    std::size_t under_way = scanners;
    for (std::size_t i = 0; i < scanners; ++i) send(lines_[i], codes[i]);
    epoll_event events[64];
    while (under_way > 0) {
        const int ready = epoll_wait(poll_, events, 64, 30'000);
        if (ready <= 0) throw std::runtime_error("no scan was answered within 30 s");
        for (int e = 0; e < ready; ++e) {
            const auto i = events[e].data.u64;
            auto& line = lines_[i];
            if (!hear(line)) continue;
            const auto now = now_us();
            samples.us.push_back(now - line.sent_at);
            samples.seconds = (now - start) / 1e6;
            if (now < end)
                send(line, codes[i]);
            else
                --under_way;
        }
    }
    return samples;
}

}  // namespace kemas::bench
