// A real program that a test starts and ends.
#pragma once

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

namespace kemas::test {

class ChildProgram {
 public:
    // `stream`: becomes its standard input and output; -1 = /dev/null's.
    explicit ChildProgram(const std::vector<std::string>& words, int stream = -1) {
        std::vector<char*> argv;
        for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
        argv.push_back(nullptr);
        pid_ = ::fork();
        if (pid_ != 0) return;
        if (stream >= 0) {
            ::dup2(stream, 0);
            ::dup2(stream, 1);
        }
        ::execvp(argv[0], argv.data());
        ::_exit(127);
    }
    ~ChildProgram() {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    void signal(int number) { ::kill(pid_, number); }

 private:
    pid_t pid_ = -1;
};

}  // namespace kemas::test
