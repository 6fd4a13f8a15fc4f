// What scanners send: lines, SSI packets, key presses. Codes are the same however their bytes
// arrive, printable, and never longer than allowed.
#include <linux/input-event-codes.h>

#include <array>
#include <string>
#include <tuple>
#include <vector>

#include "drivers/scanner/key_codec.hpp"
#include "drivers/scanner/ssi_talk.hpp"
#include "drivers/scanner/talk.hpp"
#include "tests/fuzz/input.hpp"

using namespace kemas;
using fuzz::Feed, fuzz::must;
using namespace kemas::scanner;

namespace {

using Seen = std::vector<std::tuple<Frame::Kind, std::string, bool>>;

TalkOptions options_of(Feed& in, Protocol protocol) {
    static constexpr std::array terminators{"\r\n", "\r", "\n", "\t", "\x03", "\r\n\t\x03"};
    TalkOptions options;
    options.protocol = protocol;
    const auto bits = in.byte();
    options.framing.terminators = terminators[bits % terminators.size()];
    options.framing.max_bytes = bits & 64 ? 8 : 512;
    if (bits & 32) options.framing.heartbeat = "ALIVE", options.framing.no_read = "NOREAD";
    if (bits & 128) options.gs_substitute = bits & 16 ? "~" : "{GS}";
    return options;
}

void check(const TalkOptions& options, const Frame& frame) {
    if (frame.kind != Frame::Kind::code) return;
    must(
        !frame.text.empty() &&
            frame.text.size() <= std::max<std::size_t>(options.framing.max_bytes,
                                                       options.protocol == Protocol::ssi ? 255 : 0),
        "a code is not empty and not too long");
    for (const char c : frame.text)
        must((c >= ' ' && c <= '~') || c == '\x1D', "a code is printable");
}

Seen whole(const TalkOptions& options, std::string_view bytes) {
    const auto talk = make_talk(options);
    Seen seen;
    while (auto frame = talk->next(bytes)) {
        check(options, *frame);
        seen.emplace_back(frame->kind, frame->text, frame->repeat);
        if (frame->kind == Frame::Kind::corrupt) break;  // SSI begins anew with the next bytes
    }
    return seen;
}

Seen pieces(const TalkOptions& options, std::string_view bytes, std::uint8_t seed) {
    const auto talk = make_talk(options);
    Seen seen;
    bool corrupt = false;
    fuzz::in_pieces(bytes, seed, [&](std::string_view piece) {
        while (!corrupt) {
            const auto frame = talk->next(piece);
            if (!frame) break;
            seen.emplace_back(frame->kind, frame->text, frame->repeat);
            corrupt = frame->kind == Frame::Kind::corrupt;
        }
    });
    return seen;
}

// One line at most, and nothing of it can begin another.
void answer(const Talk& talk, const std::string& line) {
    talk.news(line);
    const std::string bytes = talk.answer(line);
    const auto end = bytes.find_first_of("\r\n");
    must(end == std::string::npos || end + 2 == bytes.size(), "an answer is one line");
}

void lines(Feed& in, Protocol protocol) {
    const auto options = options_of(in, protocol);
    const auto seed = in.byte();
    const auto bytes = in.rest();
    must(whole(options, bytes) == pieces(options, bytes, seed),
         "codes are the same however they arrive");
    if (protocol != Protocol::ssi) answer(*make_talk(options), std::string(bytes.substr(0, 100)));
}

// A packet with one bit turned over gives no code but the one that was sent.
void ssi(Feed& in) {
    TalkOptions options;
    options.protocol = Protocol::ssi;
    std::string code = "\x0B";
    for (const char c : in.take(in.byte() % 100))
        code += static_cast<char>(' ' + static_cast<unsigned char>(c) % 95);
    std::string packet = ssi_packet(0xF3, code, in.byte() & 1);
    const auto read = whole(options, packet);
    must(read.size() == 1, "a packet is one frame");
    if (code.size() > 1)
        must(std::get<0>(read[0]) == Frame::Kind::code && std::get<1>(read[0]) == code.substr(1),
             "a code is read as it was sent");
    const std::size_t at = 1 + in.byte() % (packet.size() - 1);
    packet[at] = static_cast<char>(packet[at] ^ 1 << in.byte() % 8);
    for (const auto& [kind, text, repeat] : whole(options, packet))
        must(kind != Frame::Kind::code, "no code from a damaged packet");
}

std::vector<KeyEvent> events_of(Feed& in) {
    static constexpr std::array<std::uint16_t, 4> types{EV_KEY, EV_KEY, EV_SYN, EV_LED};
    std::vector<KeyEvent> events;
    while (!in.empty()) {
        const auto what = in.byte();
        KeyEvent event;
        event.type = types[what % 4];
        event.code = in.byte();
        event.value = what >> 2 & 3;
        if (what & 128) event = {EV_SYN, static_cast<std::uint16_t>(what & 1 ? 3 : 0), 0};
        events.push_back(event);
    }
    return events;
}

void keys(Feed& in) {
    const auto options = in.byte();
    const Layout layout = options & 1 ? Layout::de : Layout::us;
    const GsRules gs{(options & 2) != 0, (options & 4) != 0};
    const std::size_t half = in.byte();
    const auto events = events_of(in);
    KeyCodec used(layout, gs), fresh(layout, gs);
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (i == half) used.reset();
        const std::string typed = used.take(events[i]);
        must(typed.size() <= 1, "a key is one character");
        for (const char c : typed)
            must((c >= ' ' && c <= '~') || c == '\r' || c == '\t' || c == '\x1A' || c == '\x1D',
                 "a key is printable, an end, or makes the code unusable");
        if (i < half) continue;
        must(typed == fresh.take(events[i]), "nothing held is left after a reset");
        must(used.dropped() == fresh.dropped(), "nothing is lost after a reset");
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Feed in(data, size);
    const int format = in.byte() % 7;
    if (format == 6)
        keys(in);
    else if (format == 5)
        ssi(in);
    else
        lines(in, static_cast<Protocol>(format));
    return 0;
}
