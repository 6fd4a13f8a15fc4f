// Zebra's Simple Serial Interface, packeted: decode data in, acknowledgements and beeps out.
// Source: SE955 integration guide chapter 10 (packets, retransmission), MK1000 table 5-8 (beep
// codes). A scanner so used must have its own good-decode beep switched off.
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
    Frame decoded(std::string_view packet) const;

    TalkOptions options_;
    std::string packet_;  // length byte first
};

// A packet from the host: length, opcode, source 4, status, data, checksum.
std::string ssi_packet(unsigned char opcode, std::string_view data = {}, unsigned char status = 0);

}  // namespace kemas::scanner
