// Channels of the site file that arrange their own shipments. Knows no connection.
#pragma once

#include <filesystem>

#include "settings/settings.hpp"
#include "settings/table_reader.hpp"

namespace kemas::settings {

// [[channel]] with its [channel.events]; a key file is relative to `folder`.
void read_channels(TableReader& root, const std::filesystem::path& folder, Settings& into);

}  // namespace kemas::settings
