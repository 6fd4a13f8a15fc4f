// A refusal as a person reads it: the sentence, what it lists, and the next step. Knows RFC 9457
// and the members that kemasd adds.
#pragma once

#include <string>

#include "tools/kemasctl/fields.hpp"
#include "tools/kemasctl/http.hpp"

namespace kemas::ctl {

// Lines to print; understands answers that are no problem document too.
std::string problem_text(const Reply& reply, const Server& server);

// The rows of a file or the fields of a body that were not taken: a table; empty for none.
std::string fault_table(const array& errors);

}  // namespace kemas::ctl
