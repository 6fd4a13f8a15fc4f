// How a scanner's bytes become codes, and how it is told what became of them: one talk per
// connection. Pure: knows no socket and no clock, and sends nothing itself.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "drivers/scanner/line_framer.hpp"

namespace kemas::scanner {

enum class Protocol {
    line,        // codes end with a terminator; answers are lines to show
    honeywell,   // line, and Host ACK: silent until ESC 7 , or ESC 8 , comes, at most 10 s
    ssi,         // Zebra SSI packets: acknowledged, and the host makes the beep
    dataman,     // line; its DMCC replies are no codes. No way to answer a read is known
    keyence_sr,  // line; its command replies and OVER are no codes. As above
};

struct TalkOptions {
    Protocol protocol = Protocol::line;
    FramerOptions framing;
    std::string gs_substitute;  // what the scanner sends in place of GS (0x1D); empty = nothing
    int answer_within_ms = 0;   // 0 = what the protocol says; a later answer is not sent
};

class Talk {
 public:
    virtual ~Talk() = default;

    // As LineFramer::next: empty when `bytes` is used up without a frame.
    virtual std::optional<Frame> next(std::string_view& bytes) = 0;
    virtual bool reset() = 0;

    // The bytes that tell the scanner an answer ("+|text" recorded, "-|code|text" not); may be
    // empty.
    virtual std::string answer(const std::string& line) const = 0;
    // The same for a line that answers no scan.
    virtual std::string news(const std::string& line) const = 0;
    // After this long the scanner has given up: the answer would confirm another code. 0 = never.
    virtual int answer_within_ms() const = 0;
};

std::unique_ptr<Talk> make_talk(const TalkOptions& options);

}  // namespace kemas::scanner
