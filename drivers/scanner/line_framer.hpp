// Cuts a scanner's byte stream into codes. Pure: knows no socket, no clock and no meaning of a
// code. A pause never ends a frame, only a terminator does: networks pause anywhere.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kemas::scanner {

struct FramerOptions {
    std::string terminators = "\r\n";  // any of CR, LF, TAB, ETX; CRLF is both, the empty line
                                       // between them is nothing
    std::size_t max_bytes = 512;  // of one code; the limit of reference/reliability.md section 5
    std::string heartbeat;        // a line that is only a sign of life; empty = none
    std::string no_read;          // the reader's words for "nothing read"; empty = none
    std::vector<std::string> ignore, no_reads;  // more of both, as a profile lists them
    std::string prefix;     // stands before every code and is taken off; empty = none
    std::string separator;  // between several codes of one frame; empty = one code
};

struct Frame {
    enum class Kind {
        code,
        heartbeat,
        no_read,
        oversized,   // reported once, the rest up to the next terminator is thrown away
        control,     // a byte that is neither printable ASCII nor GS, as above
        headless,    // without the prefix that every code has: its beginning was lost
        part,        // of a code in several packets: acknowledged, the rest is to come
        port_fault,  // a port server's words that the scanner behind it is gone
        corrupt,     // damaged on the way: the scanner is asked to send it again
    };
    Kind kind = Kind::code;
    std::string text;     // the code; empty for oversized, control and corrupt
    std::string at_once;  // what the scanner is sent without waiting for anybody
    bool repeat = false;  // the scanner says it sends this code again
};

class LineFramer {
 public:
    explicit LineFramer(FramerOptions options) : options_(std::move(options)) {}

    // Takes bytes from the front of `bytes` up to and with the end of the next frame, whose codes
    // come one by one. Empty when `bytes` is used up without one: call again with more.
    std::optional<Frame> next(std::string_view& bytes);

    // The connection ended: drops what has begun. True when something was dropped.
    bool reset();

 private:
    FramerOptions options_;
    bool fits(char c) const;
    void take_whole(std::string text);
    Frame frame_of(std::string text) const;

    std::string text_;
    std::deque<Frame> ready_;  // codes of the last whole frame still to be given
    bool begun_ = false;       // a byte of this frame was seen (STX counts)
    bool discarding_ = false;  // faulty frame already reported; wait for its terminator
};

}  // namespace kemas::scanner
