// The answers that the sources give, read from their text: code and the arguments beside it.
#pragma once

#include <map>
#include <set>
#include <string>

namespace kemas::testing {

using Answers = std::map<std::string, std::set<std::string>>;  // code -> slots

// Of one source text: every accept(...), refuse(...), attention(...), why(...) and every Answer built by
// hand.
void find_answers(const std::string& source, Answers& into);
// Of all *.cpp below the folder.
Answers answers_in(const std::string& folder);

}  // namespace kemas::testing
