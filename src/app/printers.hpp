// Printers, made from the settings and their profiles.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string>

#include "core/fault.hpp"
#include "ports/printer.hpp"
#include "settings/settings.hpp"

namespace kemas::app {

// Faults: a profile that cannot be read, a device file whose printer speaks no known language, or a
// port that neither site nor profile names.
Result<std::unique_ptr<Printer>> make_printer(const boost::asio::any_io_executor& loop,
                                              const settings::PrinterSettings& from);

/// "zpl", "tspl", ...: as the site file or else the profile says; empty when neither does.
std::string printer_language(const settings::PrinterSettings& from);

/// TCP port: the site file's, else the profile's; 0 when neither names one.
int printer_port(const settings::PrinterSettings& from);

}  // namespace kemas::app
