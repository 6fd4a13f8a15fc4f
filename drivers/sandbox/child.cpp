#include "drivers/sandbox/child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace kemas::sandbox {
namespace {

struct FileActions {
    FileActions() { posix_spawn_file_actions_init(&it); }
    ~FileActions() { posix_spawn_file_actions_destroy(&it); }
    posix_spawn_file_actions_t it;
};

// Of the daemon's signals it must not inherit what is ignored or blocked.
struct Attributes {
    Attributes() {
        posix_spawnattr_init(&it);
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&it, &none);
        posix_spawnattr_setsigdefault(&it, &all);
        posix_spawnattr_setflags(&it, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~Attributes() { posix_spawnattr_destroy(&it); }
    posix_spawnattr_t it;
};

}  // namespace

std::string Child::start(const std::string& program) {
    end();
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return std::strerror(errno);
    const FileActions actions;
    const Attributes attributes;
    auto* list = const_cast<posix_spawn_file_actions_t*>(&actions.it);
    posix_spawn_file_actions_adddup2(list, pair[1], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(list, pair[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclosefrom_np(list, 3);
    std::string name = program, serve = "--serve";
    char* const arguments[] = {name.data(), serve.data(), nullptr};
    char* const environment[] = {nullptr};
    const int error =
        posix_spawn(&pid_, program.c_str(), list, &attributes.it, arguments, environment);
    close(pair[1]);
    if (error != 0) {
        close(pair[0]);
        pid_ = -1;
        return std::strerror(error);
    }
    boost::system::error_code ec;
    socket_.assign(boost::asio::local::stream_protocol(), pair[0], ec);
    if (!ec) return {};
    close(pair[0]);
    end();
    return ec.message();
}

void Child::end() {
    boost::system::error_code ignored;
    socket_.close(ignored);
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    // Killed: it ends at once, and must not stay as a zombie.
    while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
}

}  // namespace kemas::sandbox
