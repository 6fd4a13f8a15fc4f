// Whether bytes can be a label of the format they claim. Draws nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kemas::intake {

inline constexpr std::size_t kLargestLabel = 700 * 1024;

// Why not, or "" (reliability.md, section 5: starts `^XA` or `%PDF`; PNG by its signature).
std::string refusal_of_label(std::string_view format, std::string_view bytes);

// Standard base64 with padding, nothing else in it.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace kemas::intake
