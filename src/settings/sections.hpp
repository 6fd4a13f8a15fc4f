// The site file's single sections into settings. Knows no file but the one it is in.
#pragma once

#include <filesystem>

#include "settings/names.hpp"
#include "settings/settings.hpp"
#include "settings/table_reader.hpp"

namespace kemas::settings {

// `name` beside the site file unless it is absolute; empty stays empty.
std::string beside(const std::filesystem::path& folder, const std::string& name);
// Minutes east of UTC of "+07:00"; empty when it is no offset from -12:00 to +14:00.
std::optional<int> offset_minutes(std::string_view text);
bool is_loopback(std::string_view address);

void read_site(TableReader& site, Settings& into);
void read_ledger(TableReader& ledger, const std::filesystem::path& folder, Settings& into);
void read_http(TableReader& http, Names& names, Settings& into);
void read_policy(TableReader& policy, Names& names, Settings& into);
void read_label(TableReader& label, const std::filesystem::path& folder, Settings& into);
void read_label_files(TableReader& files, const std::filesystem::path& folder, Settings& into);
void read_order_db(TableReader& order_db, const std::filesystem::path& folder, Settings& into);
void read_declared(TableReader& declared, Settings& into);
void read_log(TableReader& log, Settings& into);

}  // namespace kemas::settings
