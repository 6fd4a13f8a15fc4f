// Parts of the device sections that are read in files of their own. Knows no driver.
#pragma once

#include <filesystem>
#include <string>

#include "settings/names.hpp"
#include "settings/settings.hpp"
#include "settings/table_reader.hpp"

namespace kemas::settings {

struct DeviceTable {
    std::string name, called;  // called: `scanner "gun"`
    std::filesystem::path folder;
};

// The rest of [[scanner]], whose keys differ by mode.
void read_scanner(TableReader& table, const DeviceTable& device, Names& names, Settings& into);

}  // namespace kemas::settings
