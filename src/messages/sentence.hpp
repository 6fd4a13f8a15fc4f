// A sentence with named slots: "Wrong item: this is {scanned}." Knows no language and no answer.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/fault.hpp"
#include "messages/shapes.hpp"

namespace kemas::messages {

class Sentence {
 public:
    // The fault reads "what, and what was expected", without a place: control characters, braces
    // that do not pair, slots that `shape` does not have.
    static Result<Sentence> parse(std::string_view text, const MessageShape& shape);

    // Fills each slot once: braces in a value stay as they are. A missing or empty one becomes "-",
    // a control character "?".
    std::string fill(const std::vector<std::pair<std::string, std::string>>& args) const;

 private:
    struct Part {
        bool slot = false;
        std::string text;
    };
    std::vector<Part> parts_;
};

// One line that any terminal may show: control characters (C0, DEL, C1, line and paragraph
// separators, direction overrides) become "?", malformed UTF-8 U+FFFD.
std::string one_line(std::string_view text);

}  // namespace kemas::messages
