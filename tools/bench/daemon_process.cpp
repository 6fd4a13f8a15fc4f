#include "daemon_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace kemas::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto start_limit = std::chrono::seconds(60);
constexpr auto stop_limit = std::chrono::seconds(10);

double since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// An abstract datagram socket, as systemd gives a service.
int listen_for_news(std::string& name) {
    name = "@kemas-bench-" + std::to_string(getpid()) + "-" +
           std::to_string(Clock::now().time_since_epoch().count());
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    address.sun_path[0] = '\0';
    const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    if (fd < 0 || bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0)
        throw std::runtime_error("cannot listen for READY=1");
    return fd;
}

bool hears_ready(int fd, pid_t pid, Clock::time_point start) {
    while (Clock::now() - start < start_limit) {
        pollfd waiting{fd, POLLIN, 0};
        if (poll(&waiting, 1, 50) == 1) {
            char text[256];
            const auto size = recv(fd, text, sizeof text, 0);
            if (size > 0 &&
                std::string_view(text, static_cast<std::size_t>(size)).find("READY=1") !=
                    std::string::npos)
                return true;
        }
        if (waitpid(pid, nullptr, WNOHANG) == pid) return false;
    }
    return false;
}

}  // namespace

DaemonProcess::DaemonProcess(const std::string& program, const std::string& config,
                             const std::string& log) {
    std::string name;
    const int news = listen_for_news(name);
    const auto start = Clock::now();
    pid_ = fork();
    if (pid_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);  // never outlives a measurement that was broken off
        setenv("NOTIFY_SOCKET", name.c_str(), 1);
        const int out = open(log.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
        dup2(out, STDOUT_FILENO);
        dup2(out, STDERR_FILENO);
        execl(program.c_str(), program.c_str(), "--config", config.c_str(),
              static_cast<char*>(nullptr));
        _exit(127);
    }
    const bool ready = pid_ > 0 && hears_ready(news, pid_, start);
    ready_s_ = since(start);
    close(news);
    if (!ready) throw std::runtime_error(program + " did not become ready: see " + log);
}

DaemonProcess::~DaemonProcess() {
    kill(pid_, SIGTERM);
    const auto start = Clock::now();
    while (waitpid(pid_, nullptr, WNOHANG) == 0) {
        if (Clock::now() - start > stop_limit) kill(pid_, SIGKILL);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

double DaemonProcess::rss_mb() const {
    std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
    std::string line;
    while (std::getline(status, line))
        if (line.starts_with("VmRSS:")) return std::atof(line.c_str() + 6) / 1024;
    return 0;
}

double DaemonProcess::cpu_s() const {
    std::ifstream stat("/proc/" + std::to_string(pid_) + "/stat");
    std::string line;
    std::getline(stat, line);
    std::istringstream fields(line.substr(line.rfind(')') + 1));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace kemas::bench
