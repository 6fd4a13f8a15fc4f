// The catalogue files of config/messages as they were when this was built.
#pragma once

#include <array>
#include <string_view>

namespace kemas::messages {

inline constexpr std::array<std::string_view, 2> languages{"en", "id"};

// TOML text; `language` is an index into languages.
std::string_view built_in(std::size_t language);

}  // namespace kemas::messages
