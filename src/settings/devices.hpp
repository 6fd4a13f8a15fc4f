// Stations and the devices they work with. Knows no driver: a profile is only a file that exists.
#pragma once

#include <filesystem>

#include "settings/names.hpp"
#include "settings/settings.hpp"
#include "settings/table_reader.hpp"

namespace kemas::settings {

struct DeviceName {
    std::string name, called;  // called: `scale "scale-1"`
};
DeviceName read_name(TableReader& table, const std::string& kind, Names& names);

// `serial = "/dev/..."` and what belongs to it.
SerialSettings read_serial(TableReader& table);
// Flow control of that line: 'N', 'R' RTS/CTS, 'X' XON/XOFF; 0 = not said here.
char read_flow(TableReader& table);

// Reads [[station]], [[scanner]], [[scale]] and [[printer]]; relative paths start at `folder`.
void read_devices(TableReader& root, const std::filesystem::path& folder, Names& names,
                  Settings& into);

}  // namespace kemas::settings
