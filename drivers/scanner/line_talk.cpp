#include "drivers/scanner/line_talk.hpp"

#include "drivers/scanner/ssi_talk.hpp"

namespace kemas::scanner {
namespace {

// Honeywell Xenon user guide, "Host ACK": a good read's beep, and the razz, each ended by a comma.
constexpr const char* kGoodBeep =
    "\x1B"
    "7,";
constexpr const char* kRazz =
    "\x1B"
    "8,";
constexpr int kHostAckMs = 10'000;  // its default time-out

// An answer is one line: a line end inside it would answer the next scan.
std::string one_line(std::string line) {
    for (char& c : line)
        if (c == '\r' || c == '\n') c = ' ';
    return line + "\r\n";
}

// What a reader says of a command. Cognex communications manual: "||...[status]"; Keyence SR-750
// manual 8-1: "OK,LON", "ER,LON,ee".
bool is_reply(Protocol protocol, const std::string& text) {
    if (protocol == Protocol::dataman) return text.starts_with("||");
    if (protocol == Protocol::keyence_sr) return text.starts_with("OK,") || text.starts_with("ER,");
    return false;
}

// What ser2net 4.3 sends, before it hangs up, when the device behind it cannot be opened.
constexpr const char* kPortServerFault = "Device open failure";

std::string with_gs(std::string text, const std::string& substitute) {
    if (substitute.empty()) return text;
    for (std::size_t at = 0; (at = text.find(substitute, at)) != std::string::npos; ++at)
        text.replace(at, substitute.size(), "\x1D");
    return text;
}

FramerOptions framing_of(const TalkOptions& options) {
    auto framing = options.framing;
    if (options.protocol == Protocol::keyence_sr && framing.no_read.empty())
        framing.no_read = "ERROR";  // its default
    return framing;
}

}  // namespace

LineTalk::LineTalk(TalkOptions options)
    : options_(std::move(options)), framer_(framing_of(options_)) {}

std::optional<Frame> LineTalk::next(std::string_view& bytes) {
    auto frame = framer_.next(bytes);
    if (!frame || frame->kind != Frame::Kind::code) return frame;
    if (frame->text.starts_with(kPortServerFault)) frame->kind = Frame::Kind::port_fault;
    if (is_reply(options_.protocol, frame->text)) frame->kind = Frame::Kind::heartbeat;
    if (options_.protocol == Protocol::keyence_sr && frame->text == "OVER")
        frame->kind = Frame::Kind::no_read;
    frame->text = with_gs(std::move(frame->text), options_.gs_substitute);
    return frame;
}

std::string LineTalk::answer(const std::string& line) const {
    switch (options_.protocol) {
        case Protocol::honeywell:
            if (line.starts_with('+')) return options_.good.empty() ? kGoodBeep : options_.good;
            return options_.bad.empty() ? kRazz : options_.bad;
        case Protocol::dataman:
        case Protocol::keyence_sr:
        case Protocol::line:
        case Protocol::ssi:
            break;
    }
    // What the model's profile documents wins; of these two makes nothing is known otherwise.
    if (!options_.good.empty()) return line.starts_with('+') ? options_.good : options_.bad;
    if (options_.protocol != Protocol::line) return {};
    return line.empty() ? line : one_line(line);
}

std::string LineTalk::news(const std::string& line) const {
    // A beep out of turn would be taken for the answer to the next scan.
    return options_.protocol == Protocol::line && options_.good.empty() && !line.empty()
               ? one_line(line)
               : std::string{};
}

int LineTalk::answer_within_ms() const {
    if (options_.protocol != Protocol::honeywell) return options_.answer_within_ms;
    return options_.answer_within_ms ? options_.answer_within_ms : kHostAckMs;
}

std::unique_ptr<Talk> make_talk(const TalkOptions& options) {
    if (options.protocol == Protocol::ssi) return std::make_unique<SsiTalk>(options);
    return std::make_unique<LineTalk>(options);
}

}  // namespace kemas::scanner
