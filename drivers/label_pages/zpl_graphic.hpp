// A picture inside ZPL (^GFA, ~DG: hex, run lengths, :Z64:) as a page of dots. Pure; nobody vouches
// for its bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/page.hpp"

namespace kemas::label_pages {

/// `command` is "^GF" or "~DG", `data` what stands behind it. Nothing when it is binary, damaged,
/// or larger than a label.
std::optional<Page> graphic_of(const std::string& command, std::string_view data);

}  // namespace kemas::label_pages
