// Couriers of the site file, and the rules of their numbers. Knows no connection.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "settings/settings.hpp"
#include "settings/table_reader.hpp"

namespace kemas::settings {

using NumberRules = std::map<std::string, numbers::Rule, std::less<>>;  // by name

// A file of [[rule]] tables: config/number-rules.toml.
NumberRules read_number_rules(std::string_view toml, Mistakes& mistakes);

// [[courier]] with its [[courier.service]].
void read_couriers(TableReader& root, const NumberRules& rules, Settings& into);

}  // namespace kemas::settings
