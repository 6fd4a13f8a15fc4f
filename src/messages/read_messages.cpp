#include "messages/read_messages.hpp"

#include <toml++/toml.h>

#include <algorithm>

#include "core/bare_letter.hpp"

namespace kemas::messages {
namespace {

struct Mistake {
    unsigned line;
    std::string what;
};

void read_one(const std::string& code, const toml::node& value, Sentences& into,
              std::vector<Mistake>& found) {
    const auto line = static_cast<unsigned>(value.source().begin.line);
    const auto* shape = message_shape(code);
    const auto* text = value.as_string();
    if (!shape) {
        found.push_back({line, "unknown message \"" + one_line(code) +
                                   "\", expected a code that Kemas answers with"});
        return;
    }
    if (!text) {
        found.push_back({line, code + " is no text, expected a sentence in quotes"});
        return;
    }
    auto sentence = Sentence::parse(text->get(), *shape);
    if (!sentence) {
        found.push_back({line, code + ": " + sentence.error().what});
        return;
    }
    into.insert_or_assign(code, *std::move(sentence));
}

}  // namespace

void read_messages(std::string_view toml_text, const std::string& file, Sentences& into,
                   std::vector<std::string>& mistakes) {
    if (const auto letter = find_bare_letter(toml_text)) {
        mistakes.push_back(letter->in(file));
        return;
    }
    std::vector<Mistake> found;
    try {
        const auto table = toml::parse(toml_text);
        for (const auto& [key, value] : table) read_one(std::string(key.str()), value, into, found);
    } catch (const toml::parse_error& error) {
        found.push_back({static_cast<unsigned>(error.source().begin.line),
                         std::string(error.description()) + ", expected TOML"});
    }
    std::ranges::stable_sort(found, {}, &Mistake::line);
    for (const auto& each : found)
        mistakes.push_back(file + ":" + std::to_string(each.line) + ": " + each.what);
}

}  // namespace kemas::messages
