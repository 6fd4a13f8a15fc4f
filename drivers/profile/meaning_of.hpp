// Single TOML values as profiles write them: decimals, units, bytes. Each returns empty when the
// node is not that; the constant beside it says what was expected.
#pragma once

#include <toml++/toml.h>

#include <optional>
#include <string>
#include <string_view>

#include "drivers/profile/decimal.hpp"

namespace kemas::profile {

std::optional<Decimal> as_decimal(const toml::node& node);
std::optional<Decimal> as_division(const toml::node& node);  // above 0
std::optional<Unit> as_unit(const toml::node& node);
std::optional<int> as_decimals(const toml::node& node);  // 0 to 9
std::optional<std::string> as_word(const toml::node& node);

inline constexpr std::string_view kDecimals = "a number of decimals from 0 to 9";
inline constexpr std::string_view kUnit = "one of \"mg\", \"g\", \"kg\", \"t\", \"lb\", \"oz\"";
inline constexpr std::string_view kDivision =
    "a whole number or a decimal in quotes (\"0.005\"), above 0";
inline constexpr std::string_view kScale = "a whole number or a decimal in quotes (\"0.01\")";
inline constexpr std::string_view kMeaning = "a text in quotes";

}  // namespace kemas::profile
