// Printers: what carries their bytes, and what they speak. Knows no driver.
#pragma once

#include <filesystem>

#include "settings/names.hpp"
#include "settings/settings.hpp"
#include "settings/table_reader.hpp"

namespace kemas::settings {

// Reads one [[printer]]; a relative profile starts at `folder`.
void read_printer(TableReader& table, const std::filesystem::path& folder, Names& names,
                  Settings& into);

}  // namespace kemas::settings
