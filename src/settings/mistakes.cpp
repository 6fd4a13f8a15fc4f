#include "settings/mistakes.hpp"

#include <algorithm>

namespace kemas::settings {

std::string Mistakes::text() const {
    auto sorted = lines_;
    std::ranges::stable_sort(sorted, {}, &std::pair<int, std::string>::first);
    std::string text;
    for (const auto& [line, what] : sorted)
        text += (text.empty() ? "" : "\n") + file_ + ":" + std::to_string(line) + ": " + what;
    return text;
}

}  // namespace kemas::settings
