// What a ZPL printer says about itself when asked ~HS. Pure; knows no socket.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/fault.hpp"

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
    int formats_waiting = 0;
};

/// Whether all three lines of an answer have come.
bool is_whole_host_status(std::string_view answer);

/// The three lines `<STX>...<ETX><CR><LF>` of ~HS (ZPL II guide, "~HS Host Status Return").
Result<ZplStatus> parse_host_status(std::string_view answer);

struct NotReady {
    std::string state;  // one word for the dashboard
    std::string why;    // a sentence with the next step
};
/// Why this printer must not get a label now, if so.
std::optional<NotReady> why_not_ready(const ZplStatus& status);

}  // namespace kemas::printer
