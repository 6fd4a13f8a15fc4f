// One function a kind of profile; load_profile.cpp chooses among them. Each reads the whole table
// and leaves its mistakes with the reader.
#pragma once

#include "drivers/profile/load_profile.hpp"
#include "drivers/profile/table_reader.hpp"

namespace kemas::profile {

ScaleProfile read_scale(TableReader& root, const std::string& file);
DeviceProfile read_device(TableReader& root, const std::string& file, Kind kind);
TextScaleProfile read_text_scale(TableReader& root, const std::string& file,
                                 ScaleProtocol protocol);
ScannerProfile read_scanner(TableReader& root, const std::string& file);
void read_setup(TableReader& root, ScannerProfile& profile);  // [[setup]]
PrinterProfile read_printer(TableReader& root, const std::string& file);

// Faults of a weight, as [status] and samples name them, and what else a scale may tell.
std::optional<StatusBit::Meaning> meaning_of_scale_status(std::string_view name);
std::string scale_status_names();

// The tables of [[key]]; a mistake when there is none.
std::vector<const toml::table*> need_tables(TableReader& root, std::string_view key,
                                            std::string_view expected);
SiteFacts read_site_facts(TableReader& sample);
std::string read_bytes(TableReader& reader, std::string_view key);  // "" when absent
std::string need_bytes(TableReader& reader, std::string_view key);
std::vector<std::string> read_byte_list(TableReader& reader, std::string_view key);
std::vector<std::string> read_texts(TableReader& reader, std::string_view key);
std::optional<SerialLine> read_serial_line(TableReader& root);  // [serial]

}  // namespace kemas::profile
