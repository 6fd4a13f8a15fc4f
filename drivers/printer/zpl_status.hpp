// What a ZPL printer says about itself when asked ~HS. Pure; knows no socket.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/fault.hpp"
#include "drivers/printer/printer_language.hpp"

namespace kemas::printer {

struct ZplStatus {
    bool paper_out = false;
    bool paused = false;
    bool buffer_full = false;
    bool partial_format = false;  // half of a label waits for its other half
    bool memory_lost = false;
    bool too_cold = false;
    bool too_hot = false;
    bool head_open = false;
    bool ribbon_out = false;
    bool label_waiting = false;  // peel mode: the label waits to be taken
    int formats_waiting = 0;
    int labels_remaining = 0;  // of the batch under way
};

/// Whether all three lines of an answer have come.
bool is_whole_host_status(std::string_view answer);

/// The three lines `<STX>...<ETX><CR><LF>` of ~HS (ZPL II guide, "~HS Host Status Return").
Result<ZplStatus> parse_host_status(std::string_view answer);

/// Why this printer must not get a label now, if so.
std::optional<NotReady> why_not_ready(const ZplStatus& status);

}  // namespace kemas::printer
