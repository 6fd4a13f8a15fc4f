// One reading of a scanned code for the whole house: every flow sees a Scan, none parses again.
// Knows no orders, SKUs or stations.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/barcode/command.hpp"
#include "core/barcode/gs1.hpp"
#include "core/fault.hpp"

namespace kemas::barcode {

struct Scan {
    std::string raw;        // as it came
    std::string symbology;  // AIM identifier "]C1", or empty
    std::string text;       // without identifier, line ends and blanks around it
    // The item number the code holds, 14 digits. Of a plain digit string it is a candidate: one
    // string of digits in ten passes the check by chance, so what the books know as `text` comes
    // first.
    std::optional<std::string> gtin14;
    std::optional<ElementString> gs1;
    std::optional<Command> command;
    std::optional<Fault> fault;  // it claims to be GS1, retail or a command and is malformed
};

// Never fails: what cannot be understood is `text`, and `fault` says why where the code promised
// more. Takes the code alone: see split_sender_id for `#id;code`.
Scan read_scan(std::string_view raw);

}  // namespace kemas::barcode
