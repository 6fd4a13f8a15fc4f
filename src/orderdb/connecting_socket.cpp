#include "orderdb/connecting_socket.hpp"

#include <dirent.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cstdlib>

namespace kemas::orderdb {

void shut_connecting_sockets(int user_timeout_ms) {
    DIR* fds = ::opendir("/proc/self/fd");
    if (fds == nullptr) return;
    while (const dirent* entry = ::readdir(fds)) {
        char* end = nullptr;
        const long number = std::strtol(entry->d_name, &end, 10);
        if (end == entry->d_name || number == ::dirfd(fds)) continue;
        // Never dup and close here: closing any name of a file drops SQLite's locks on it.
        const int socket = static_cast<int>(number);
        unsigned int timeout_ms = 0;
        socklen_t size = sizeof timeout_ms;
        if (::getsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &timeout_ms, &size) == 0 &&
            timeout_ms == static_cast<unsigned int>(user_timeout_ms)) {
            ::shutdown(socket, SHUT_RDWR);
        }
    }
    ::closedir(fds);
}

}  // namespace kemas::orderdb
