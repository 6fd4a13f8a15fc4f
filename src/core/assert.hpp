// Our own mistakes stop the process, in release builds too: the journal resumes, a wrong book does
// not.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace kemas {

[[noreturn]] inline void assertion_failed(const char* what, const char* file, int line) {
    std::fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, what);
    std::abort();
}

}  // namespace kemas

#define KEMAS_ASSERT(condition) \
    ((condition) ? void(0) : ::kemas::assertion_failed(#condition, __FILE__, __LINE__))
