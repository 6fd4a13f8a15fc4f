// Questions that only a supervisor's badge answers.
#pragma once

#include <string>

#include "core/floor/turn.hpp"

namespace kemas {

bool is_supervisor(const Turn& turn, const std::string& id);
// Asks for a supervisor unless one is signed in; `what` and `arg` are done on approval.
void ask_supervisor(Turn& turn, const std::string& what, const std::string& arg);
// A badge scanned while a question waits. False = no question waits, the badge signs in.
bool answer_with_badge(Turn& turn, const std::string& operator_id);

}  // namespace kemas
