// What an IPP printer says of itself and of a job (RFC 8011, 5.3.7, 5.4.11, 5.4.12). Pure; knows no
// connection.
#pragma once

#include <string>
#include <vector>

#include "drivers/printer/printer_language.hpp"

namespace kemas::printer {

struct IppPrinterFacts {
    int state = 0;  // 3 idle, 4 processing, 5 stopped
    bool accepts_jobs = true;
    std::vector<std::string> reasons;  // "media-empty-error", "none"
    std::vector<std::string> formats;  // document formats it takes
    std::string model;                 // printer-make-and-model
};

/// A reason that ends in -warning or -report hinders nothing.
PrinterSays understand_ipp(const IppPrinterFacts& facts);

struct IppJobFacts {
    int state =
        0;  // 3 pending, 4 held, 5 processing, 6 stopped, 7 canceled, 8 aborted, 9 completed
    std::vector<std::string> reasons;
};
enum class IppJobEnd { none, completed, broken_off };
IppJobEnd end_of(const IppJobFacts& facts);

}  // namespace kemas::printer
