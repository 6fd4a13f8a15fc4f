// How a stored value is written for a reader: money, masked phones, kilograms. Knows no layout.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "label/content.hpp"

namespace kemas::label {

enum class Filter { money, phone_mask, upper, kg };

/// The filter of that name, or an error listing the names there are.
tl::expected<Filter, std::string> filter_named(std::string_view name);

/// Whether the text is written as a currency is: three capitals (ISO 4217).
bool is_currency(std::string_view text);

/// `value` as the filter writes it; an empty value stays empty.
///  money       minor units of `currency`, which is_currency(): "185000" IDR -> "Rp 185.000"
///  phone_mask  "081234567890" -> "0812-xxxx-7890"
///  kg          grams: "1240" -> "1,24 kg"
/// The error says what was wrong with the value.
tl::expected<std::string, std::string> apply(Filter filter, const std::string& value,
                                             const std::string& currency);

}  // namespace kemas::label
