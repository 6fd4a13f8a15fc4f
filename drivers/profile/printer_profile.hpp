// One model, or family, of label printer: its language, how wide it prints, and how it tells its
// state. Pure data; the language itself is known to its codec.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/profile/device_profile.hpp"
#include "drivers/profile/serial_line.hpp"

namespace kemas::profile {

enum class PrinterLanguage { zpl, tspl, epl2, escpos, cpcl };

// How it tells how many labels it has printed in its life. Known to the driver's codec.
enum class PrinterCounter { none, zebra_label_count };

// Bits of a reply of bytes; all masks that fit are told.
struct PrinterState {
    std::string name;  // "paper_out", "head_open", "ribbon_out", "paused", "busy", "error", ...
    int byte = 0;      // of the reply
    int mask = 0;      // 0 to 255; all its bits
    int equals = 0;    // of the masked byte
};

struct StatusQuery {
    enum class Reply { bytes, zpl_host_status };
    std::string ask;  // bytes
    Reply reply = Reply::bytes;
    int reply_bytes = 1;
    int timeout_ms = 1000;  // silence is "unknown", never "ready"
    std::vector<PrinterState> states;
};

struct PrinterSample {
    std::string what;
    int line = 0;
    std::string reply;                // bytes; to the query of this number
    int query = 0;                    // index into `queries`
    std::vector<std::string> states;  // names that must be told; none = ready
};

struct PrinterProfile : Head {
    PrinterLanguage language = PrinterLanguage::zpl;
    std::vector<int> dpi;    // the first is the usual one
    int max_width_dots = 0;  // a wider page is refused; 0 = differs between models, not checked
    int tcp_port = 9100;     // when the site names no port; 0 = the site must
    std::optional<SerialLine> serial;
    PrinterCounter counter = PrinterCounter::none;
    std::vector<StatusQuery> queries;  // asked one after the other
    std::vector<PrinterSample> samples;
};

std::string_view name_of(PrinterLanguage language);

}  // namespace kemas::profile
