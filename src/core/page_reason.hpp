// Why a label page waits for a person, as it is kept: a code of the messages with its values, so
// that each reader sees it in a language of their own. Knows no sentence.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/decision.hpp"

namespace kemas {

/// "=page_names_two|first=JX1|second=JX2"; what parts them becomes a space in a value.
std::string kept_reason(const Answer& reason);
/// The same read back. Nothing = words of a person, or of a time when reasons were words.
std::optional<Answer> reason_kept(std::string_view text);

}  // namespace kemas
