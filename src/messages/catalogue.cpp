#include "messages/catalogue.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "core/assert.hpp"

namespace kemas {
namespace {

namespace fs = std::filesystem;
using messages::languages;

std::optional<std::string> bytes_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), {});
}

std::size_t language_index(std::string_view language) {
    const auto at = std::ranges::find(languages, language);
    return at == languages.end() ? 0 : static_cast<std::size_t>(at - languages.begin());
}

// A file of a language that nobody speaks here would be silently unused.
void note_strangers(const fs::path& folder, std::vector<std::string>& mistakes) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        const auto& path = entry.path();
        if (path.extension() != ".toml") continue;
        if (std::ranges::find(languages, path.stem().string()) == languages.end())
            mistakes.push_back(path.string() + ":1: unknown language, expected en.toml or id.toml");
    }
    std::ranges::sort(mistakes);
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += (text.empty() ? "" : "\n") + line;
    return text;
}

}  // namespace

Result<Catalogue> Catalogue::load(const std::string& folder) {
    Catalogue catalogue;
    std::vector<std::string> mistakes;
    for (std::size_t i = 0; i < languages.size(); ++i)
        messages::read_messages(messages::built_in(i), std::string(languages[i]) + ".toml",
                                catalogue.languages_[i], mistakes);
    KEMAS_ASSERT(mistakes.empty());
    if (folder.empty()) return catalogue;

    if (!fs::is_directory(folder))
        return fail(Remedy::call_person,
                    folder + ":1: is no folder, expected one with en.toml or id.toml");
    note_strangers(folder, mistakes);
    for (std::size_t i = 0; i < languages.size(); ++i) {
        const auto path = fs::path(folder) / (std::string(languages[i]) + ".toml");
        if (!fs::exists(path)) continue;
        const auto toml = bytes_of(path);
        if (toml)
            messages::read_messages(*toml, path.string(), catalogue.languages_[i], mistakes);
        else
            mistakes.push_back(path.string() + ":1: cannot be read, expected a readable file");
    }
    if (!mistakes.empty()) return fail(Remedy::call_person, joined(mistakes));
    return catalogue;
}

std::string Catalogue::text(const Answer& answer, std::string_view language) const {
    if (answer.code.empty()) return {};
    const auto& sentences = languages_[language_index(language)];
    if (const auto sentence = sentences.find(answer.code); sentence != sentences.end())
        return sentence->second.fill(answer.args);
    std::string text = answer.code;
    for (const auto& [name, value] : answer.args) text += ", " + name + ": " + value;
    return messages::one_line(text);
}

}  // namespace kemas
