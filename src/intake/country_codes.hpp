// Countries by the three letters that some systems write in place of two. Knows no tariff.
#pragma once

#include <string_view>

namespace kemas::intake {

// "USA" -> "US" (ISO 3166-1, 249 countries); "" where there is none.
std::string_view country_of_three_letters(std::string_view letters);

}  // namespace kemas::intake
