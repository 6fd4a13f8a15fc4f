// Stations and the devices they work with. Knows no driver: a profile is only a file that exists.
#pragma once

#include <filesystem>

#include "settings/names.hpp"
#include "settings/settings.hpp"
#include "settings/table_reader.hpp"

namespace kemas::settings {

// Reads [[station]], [[scanner]], [[scale]] and [[printer]]; relative paths start at `folder`.
void read_devices(TableReader& root, const std::filesystem::path& folder, Names& names,
                  Settings& into);

}  // namespace kemas::settings
