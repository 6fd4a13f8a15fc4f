// The short status answers: one byte (TSPL, CPCL), four bytes (ESC/POS), a list of codes (EPL2).
// Pure. Sources in printer_language.hpp.
#pragma once

#include "drivers/printer/printer_language.hpp"

namespace kemas::printer {

/// A fault when this language cannot have sent these bytes: bits that are fixed in ESC/POS, and
/// those that CPCL never sets.
std::optional<Fault> not_of(Language language, std::string_view heard);

Result<PrinterSays> understand_tspl(std::string_view heard);
Result<PrinterSays> understand_cpcl(std::string_view heard);
Result<PrinterSays> understand_epl2(std::string_view heard);
/// The answers to DLE EOT 1, 2, 3 and 4, in this order.
Result<PrinterSays> understand_escpos(std::string_view heard);
/// The answer to GS r 1: it comes when all before it is printed, and never with the paper out.
Result<PrinterSays> understand_escpos_queued(std::string_view heard);

}  // namespace kemas::printer
