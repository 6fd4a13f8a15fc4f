// What every program in the sandbox does beside its work: talks over its standard input and output,
// shuts itself in, proves that it is shut in. Knows no bytes.
#pragma once

#include <string_view>

namespace kemas::sandbox {

inline constexpr int kNoSandbox = 4;  // exit code

// All or nothing; false when the other side is gone.
bool read_exactly(char* into, std::size_t size);
bool write_all(std::string_view bytes);

// Enters the sandbox and then does `work`, whose answer is the exit code; the only argument
// --prove-sandbox instead tries what must not work: exit 0 when nothing of it does. `name` begins
// each line on standard error.
int run_shut_in(const char* name, int argc, char** argv, int (*work)(int argc, char** argv));

}  // namespace kemas::sandbox
