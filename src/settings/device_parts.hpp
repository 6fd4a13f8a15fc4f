// Parts of the device sections that are read in files of their own. Knows no driver.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "settings/names.hpp"
#include "settings/settings.hpp"
#include "settings/table_reader.hpp"

namespace kemas::settings {

// What a camera's `formats` may name; the same as the decoder knows, which app makes sure of.
inline constexpr std::array<std::string_view, 11> kPictureFormats{
    "Code128", "Code39",     "EAN-13", "EAN-8", "UPC-A",   "ITF",
    "QRCode",  "DataMatrix", "PDF417", "Aztec", "MaxiCode"};

struct DeviceTable {
    std::string name, called;  // called: `scanner "gun"`
    std::filesystem::path folder;
};

// The rest of [[scanner]], whose keys differ by mode.
void read_scanner(TableReader& table, const DeviceTable& device, Names& names, Settings& into);

}  // namespace kemas::settings
