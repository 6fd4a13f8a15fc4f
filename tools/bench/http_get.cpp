#include "http_get.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace kemas::bench {

std::string http_get(std::uint16_t port, const std::string& path) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto request =
        "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    std::string answer;
    if (fd >= 0 && connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
        send(fd, request.data(), request.size(), MSG_NOSIGNAL) ==
            static_cast<ssize_t>(request.size())) {
        char bytes[8192];
        for (auto size = read(fd, bytes, sizeof bytes); size > 0;
             size = read(fd, bytes, sizeof bytes))
            answer.append(bytes, static_cast<std::size_t>(size));
    }
    if (fd >= 0) close(fd);
    const auto head = answer.find("\r\n\r\n");
    if (!answer.starts_with("HTTP/1.1 200") || head == std::string::npos)
        throw std::runtime_error("no answer to GET " + path + " on port " + std::to_string(port));
    return answer.substr(head + 4);
}

}  // namespace kemas::bench
