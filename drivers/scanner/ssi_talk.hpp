// Zebra's Simple Serial Interface, packeted: decode data in, acknowledgements and beeps out.
// Source: SE955 integration guide chapter 10 (packets, retransmission), MK1000 table 5-8 (beep
// codes); DS2208 reference guide p. 7-8 (bit 1 of the status: continued packet) and the enioka_scan
// project, which saw it set in the packets before the last of a long code, whose first packet alone
// holds the code type. A scanner so used must have its own good-decode beep switched off.
#pragma once

#include "drivers/scanner/talk.hpp"

namespace kemas::scanner {

class SsiTalk : public Talk {
 public:
    explicit SsiTalk(TalkOptions options) : options_(std::move(options)) {}
    std::optional<Frame> next(std::string_view& bytes) override;
    bool reset() override;
    std::string answer(const std::string& line) const override;
    std::string news(const std::string&) const override { return {}; }
    int answer_within_ms() const override;

 private:
    Frame decoded(std::string_view packet);

    TalkOptions options_;
    Frame part(std::string_view data, bool repeat);

    std::string packet_;  // length byte first
    std::string begun_;   // code type and data of a code whose last packet is to come
    std::string last_part_;
    bool too_long_ = false;  // the code under way is dropped up to its last packet
};

// A packet from the host: length, opcode, source 4, status, data, checksum.
std::string ssi_packet(unsigned char opcode, std::string_view data = {}, unsigned char status = 0);

}  // namespace kemas::scanner
