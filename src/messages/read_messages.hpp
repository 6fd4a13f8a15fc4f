// One language's catalogue file into sentences. Knows no folder.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "messages/sentence.hpp"

namespace kemas::messages {

using Sentences = std::map<std::string, Sentence, std::less<>>;

// Adds the sentences of `toml` to `into`, replacing those of the same code. Each mistake is added
// as "file:line: what, and what was expected"; `file` is its name in them.
void read_messages(std::string_view toml, const std::string& file, Sentences& into,
                   std::vector<std::string>& mistakes);

}  // namespace kemas::messages
