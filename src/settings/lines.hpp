// The site file's [[line]]: a conveyor line's PLC and its layout. Knows no driver.
#pragma once

#include <filesystem>

#include "settings/names.hpp"
#include "settings/settings.hpp"
#include "settings/table_reader.hpp"

namespace kemas::settings {

// Reads [[line]] with its [[line.eye]], [[line.reader]] and [[line.lane]], after the scanners.
void read_lines(TableReader& root, const std::filesystem::path& folder, Names& names,
                Settings& into);

// A file's profile and table as they stand, to tell whether they changed.
std::string as_written(const toml::table& table, const std::filesystem::path& folder);

}  // namespace kemas::settings
