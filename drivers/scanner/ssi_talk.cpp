#include "drivers/scanner/ssi_talk.hpp"

#include <algorithm>
#include <utility>

namespace kemas::scanner {
namespace {

constexpr unsigned char kAck = 0xD0, kNak = 0xD1, kBeep = 0xE6, kDecodeData = 0xF3;
constexpr char kNakResend = 1;
constexpr char kOneHigh = 0, kTwoLow = 6;  // beep codes
constexpr std::size_t kHeader = 4, kChecksum = 2;
constexpr unsigned char kRetransmit = 1, kContinued = 2;  // of the status byte
// The scanner's Serial Response Time-out as Kemas assumes it; it sends a packet three times.
constexpr int kResponseMs = 2'000, kTries = 3;

unsigned char byte_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

unsigned checksum(std::string_view bytes) {
    unsigned sum = 0;
    for (const char c : bytes) sum += static_cast<unsigned char>(c);
    return (0x10000U - sum) & 0xFFFFU;
}

bool printable(std::string_view text) {
    for (const char c : text)
        if ((c < ' ' || c > '~') && c != '\x1D') return false;
    return true;
}

}  // namespace

std::string ssi_packet(unsigned char opcode, std::string_view data, unsigned char status) {
    std::string packet;
    packet += static_cast<char>(kHeader + data.size());
    packet += static_cast<char>(opcode);
    packet += '\x04';
    packet += static_cast<char>(status);
    packet += data;
    const unsigned sum = checksum(packet);
    packet += static_cast<char>(sum >> 8);
    packet += static_cast<char>(sum & 0xFF);
    return packet;
}

std::optional<Frame> SsiTalk::next(std::string_view& bytes) {
    while (!bytes.empty()) {
        packet_ += bytes.front();
        bytes.remove_prefix(1);
        const std::size_t length = byte_at(packet_, 0);
        if (length < kHeader) {  // no packet begins so
            packet_.clear();
            continue;
        }
        if (packet_.size() < length + kChecksum) continue;
        const std::string packet = std::exchange(packet_, {});
        const std::string_view message(packet.data(), length);
        const unsigned sum = byte_at(packet, length) * 256U + byte_at(packet, length + 1);
        if (sum != checksum(message)) {
            // What follows is out of step: only a resent packet begins at its beginning.
            bytes = {};
            Frame corrupt{Frame::Kind::corrupt, {}};
            corrupt.at_once = ssi_packet(kNak, std::string_view(&kNakResend, 1));
            return corrupt;
        }
        if (byte_at(packet, 1) == kDecodeData && length > kHeader) return decoded(message);
        return Frame{Frame::Kind::heartbeat, {}};  // of our beeps, or a reply
    }
    return std::nullopt;
}

Frame SsiTalk::part(std::string_view data, bool repeat) {
    Frame frame{Frame::Kind::part, {}};
    frame.at_once = ssi_packet(kAck);
    if (repeat && data == last_part_) return frame;  // our acknowledgement was lost
    last_part_ = std::string(data);
    begun_ += data;
    if (begun_.size() > options_.framing.max_bytes + 1) {
        too_long_ = true;
        begun_.resize(1);
    }
    return frame;
}

// Length, opcode, source, status, bar code type, data with the scanner's suffix.
Frame SsiTalk::decoded(std::string_view message) {
    const unsigned status = byte_at(message, 3);
    message.remove_prefix(kHeader);
    if (status & kContinued) return part(message, (status & kRetransmit) != 0);
    Frame frame;
    frame.repeat = (status & kRetransmit) != 0;
    const std::string joined = std::exchange(begun_, {}) + std::string(message);
    last_part_.clear();
    if (std::exchange(too_long_, false)) return Frame{Frame::Kind::oversized, {}};
    std::string_view code = joined;
    code.remove_prefix(1);  // the code type
    while (!code.empty() && options_.framing.terminators.find(code.back()) != std::string::npos)
        code.remove_suffix(1);
    const auto& no_reads = options_.framing.no_reads;
    const bool nothing = code == options_.framing.no_read ||
                         std::find(no_reads.begin(), no_reads.end(), code) != no_reads.end();
    if (nothing && !code.empty())
        frame.kind = Frame::Kind::no_read;
    else if (code.empty() || !printable(code))
        frame.kind = Frame::Kind::control;
    else
        frame.text = std::string(code);
    return frame;
}

bool SsiTalk::reset() {
    const bool dropped = !packet_.empty() || !begun_.empty();
    packet_.clear();
    begun_.clear();
    last_part_.clear();
    too_long_ = false;
    return dropped;
}

// Acknowledged once it is decided, then beeped: high for recorded, low for refused.
std::string SsiTalk::answer(const std::string& line) const {
    const char& beep = line.starts_with('+') ? kOneHigh : kTwoLow;
    return ssi_packet(kAck) + ssi_packet(kBeep, std::string_view(&beep, 1));
}

int SsiTalk::answer_within_ms() const {
    return kTries * (options_.answer_within_ms ? options_.answer_within_ms : kResponseMs);
}

}  // namespace kemas::scanner
