// Takes from this process what reading foreign bytes does not need: files, network, processes,
// rights, memory without end. Knows no bytes.
#pragma once

#include <string>

namespace kemas::sandbox {

// Empty, or why the sandbox cannot be had: then nothing may be read.
std::string enter_sandbox();

// Kills this process when it has used so much processor time from now on; 0 lifts the limit.
void limit_work_ms(int ms);

// Tries what must not work any more; what worked nevertheless, one word each, or empty.
std::string sandbox_leaks();

}  // namespace kemas::sandbox
