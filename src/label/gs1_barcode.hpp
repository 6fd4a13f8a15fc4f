// GS1-128 as a row of modules. Knows neither dots nor pages.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace kemas::label {

/// `bracketed` is "[01]02000000000008[21]A1": FNC1 stands first and where a field of free length
/// ends. As code128(): true = bar, without quiet zones.
tl::expected<std::vector<bool>, std::string> gs1_128(const std::string& bracketed);

}  // namespace kemas::label
