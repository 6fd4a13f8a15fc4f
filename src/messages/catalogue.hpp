// What Kemas says to people, in English and Indonesian. Knows what an answer is, not why it was
// given.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/decision.hpp"
#include "messages/built_in.hpp"
#include "messages/read_messages.hpp"

namespace kemas {

class Catalogue {
 public:
    // The catalogue built in, with the sentences of FOLDER/en.toml and FOLDER/id.toml in place of
    // its own; an empty folder means the built-in alone. The fault names every mistake as
    // "file:line: what, and what was expected", one a line.
    static Result<Catalogue> load(const std::string& folder = "");

    // One line of UTF-8 without control characters. `language` is "en" or "id"; any other reads as
    // "en". An answer without a code has no text; one that no catalogue knows is spelled out.
    std::string text(const Answer& answer, std::string_view language) const;

 private:
    std::array<messages::Sentences, messages::languages.size()> languages_;
};

// What goes back to a scanner, without its line end: "+|text" when recorded, else "-|code|text".
// Readers split at the first bar, or the first two: bars in the text are text.
std::string scanner_line(const Answer& answer, std::string_view text);

}  // namespace kemas
