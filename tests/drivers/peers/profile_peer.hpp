// profile_peer.py as a child of a test: a pymodbus device that plays the map of a profile.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <string>

namespace kemas::test {

class ProfilePeer {
 public:
    explicit ProfilePeer(const std::string& profile) {
        int to[2], from[2];
        if (pipe(to) != 0 || pipe(from) != 0) std::abort();
        child_ = fork();
        if (child_ == 0) {
            dup2(to[0], 0);
            dup2(from[1], 1);
            for (const int fd : {to[0], to[1], from[0], from[1]}) close(fd);
            const std::string script =
                std::string(KEMAS_SOURCE_DIR) + "/tests/drivers/peers/profile_peer.py";
            execl("/usr/bin/python3", "python3", "-B", script.c_str(), profile.c_str(), nullptr);
            _exit(127);
        }
        close(to[0]);
        close(from[1]);
        to_ = fdopen(to[1], "w");
        from_ = fdopen(from[0], "r");
        port_ = std::atoi(line().c_str());
    }
    ~ProfilePeer() {
        fclose(to_);  // it ends with its input
        fclose(from_);
        kill(child_, SIGKILL);
        waitpid(child_, nullptr, 0);
    }
    ProfilePeer(const ProfilePeer&) = delete;
    ProfilePeer& operator=(const ProfilePeer&) = delete;

    int port() const { return port_; }
    void show(std::size_t sample) {
        fprintf(to_, "%zu\n", sample);
        fflush(to_);
        EXPECT_EQ(line(), "ok\n") << "sample " << sample;
    }

 private:
    std::string line() {
        char text[64] = "";
        return fgets(text, sizeof text, from_) ? text : "";
    }

    pid_t child_ = -1;
    FILE* to_ = nullptr;
    FILE* from_ = nullptr;
    int port_ = 0;
};

}  // namespace kemas::test
