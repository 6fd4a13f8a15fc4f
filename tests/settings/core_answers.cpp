#include "core_answers.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

namespace kemas::testing {
namespace {

// From the character after an opening parenthesis or brace to its closing one; literals are
// skipped.
std::string inside(const std::string& source, std::size_t from) {
    int depth = 1;
    for (auto at = from; at < source.size(); ++at) {
        const char c = source[at];
        if (c == '"') {
            for (++at; source[at] != '"'; ++at)
                if (source[at] == '\\') ++at;
        } else if (c == '(' || c == '{') {
            ++depth;
        } else if ((c == ')' || c == '}') && --depth == 0) {
            return source.substr(from, at - from);
        }
    }
    return source.substr(from);
}

std::set<std::string> all(const std::string& text, const char* pattern) {
    const std::regex regex(pattern);
    std::set<std::string> found;
    for (std::sregex_iterator it(text.begin(), text.end(), regex), end; it != end; ++it)
        found.insert((*it)[1]);
    return found;
}

void add(const std::string& call, const std::string& source, Answers& into) {
    // Codes end where the arguments begin; a condition may choose between two.
    const auto brace = call.find('{');
    const auto codes = all(call.substr(0, brace), R"re("([a-z_]+)")re");
    auto slots = brace == std::string::npos
                     ? std::set<std::string>{}
                     : all(call.substr(brace), R"re(\{\s*"([a-z_]+)"\s*,)re");
    // Arguments named before the call: `const Turn::Args args{{"order", ...}};`
    if (std::regex_search(call, std::regex(R"(,\s*args\s*$)")))
        slots = all(source, R"re(Args args\{\{"([a-z_]+)")re");
    for (const auto& code : codes) into[code].insert(slots.begin(), slots.end());
}

}  // namespace

void find_answers(const std::string& source, Answers& into) {
    const std::regex call(R"(\b(accept|refuse|attention|why)\(|Answer::Kind::[a-z]+,\s*)");
    for (std::sregex_iterator it(source.begin(), source.end(), call), end; it != end; ++it)
        add(inside(source, static_cast<std::size_t>(it->position() + it->length())), source, into);
}

Answers answers_in(const std::string& folder) {
    Answers answers;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".cpp") continue;
        std::ifstream file(entry.path());
        find_answers(std::string(std::istreambuf_iterator<char>(file), {}), answers);
    }
    return answers;
}

}  // namespace kemas::testing
