#include "drivers/sandbox/child_main.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "drivers/sandbox/sandbox.hpp"

// The sandbox has no room for the leak check at the end.
extern "C" const char* __asan_default_options();  // NOLINT: the name is ASan's
extern "C" const char* __asan_default_options() {
    return "detect_leaks=0";
}

namespace kemas::sandbox {

bool read_exactly(char* into, std::size_t size) {
    for (std::size_t got = 0; got < size;) {
        const ssize_t n = read(STDIN_FILENO, into + got, size - got);
        if (n <= 0) return false;
        got += static_cast<std::size_t>(n);
    }
    return true;
}

bool write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

int run_shut_in(const char* name, int argc, char** argv, int (*work)(int argc, char** argv)) {
    if (const auto why = enter_sandbox(); !why.empty()) {
        std::fprintf(stderr, "%s: no sandbox: %s\n", name, why.c_str());
        return kNoSandbox;
    }
    if (argc > 1 && std::strcmp(argv[1], "--prove-sandbox") == 0) {
        const auto leaks = sandbox_leaks();
        std::fprintf(stderr, "%s: %s\n", name, leaks.empty() ? "tight" : leaks.c_str());
        return leaks.empty() ? 0 : 1;
    }
    return work(argc, argv);
}

}  // namespace kemas::sandbox
