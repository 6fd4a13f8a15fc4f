// Code 128 as a row of modules. Knows neither dots nor pages.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace kemas::label {

constexpr int code128_quiet_modules = 10;  // ISO/IEC 15417: 10X on either side

/// The modules of a Code 128 symbol, true = bar, without quiet zones. Takes printable ASCII; the
/// error says what else was in it.
tl::expected<std::vector<bool>, std::string> code128(const std::string& text);

}  // namespace kemas::label
