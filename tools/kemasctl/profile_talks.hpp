// The samples of scanners and of ZPL printers, read with the drivers' own code.
#pragma once

#include <string>
#include <vector>

#include "drivers/profile/printer_profile.hpp"
#include "drivers/profile/scanner_profile.hpp"

namespace kemas::ctl {

// As kemas::profile::wrong_samples.
std::vector<std::string> wrong_scans(const profile::ScannerProfile& profile);
// Set-up codes that no barcode can hold, or none that fits the sheet.
std::vector<std::string> wrong_setup(const profile::ScannerProfile& profile);
std::vector<std::string> wrong_zpl(const profile::PrinterProfile& profile);

}  // namespace kemas::ctl
