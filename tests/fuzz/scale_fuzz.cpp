// Frames of scales that speak for themselves: cut the same however they arrive, and a weight only
// from a whole, undamaged frame.
#include <array>
#include <string>
#include <vector>

#include "drivers/scale/frame_codec.hpp"
#include "drivers/scale/frame_cutter.hpp"
#include "tests/fuzz/input.hpp"

using namespace kemas;
using fuzz::Feed, fuzz::must;
using profile::ScaleProtocol, profile::TextScaleProfile;

namespace {

using Frames = std::vector<std::string>;

TextScaleProfile profile_of(Feed& in, ScaleProtocol protocol, profile::SiteFacts& site) {
    TextScaleProfile profile;
    profile.protocol = protocol;
    const auto options = in.byte();
    profile.checksum = options & 1;
    profile.net = options & 2;
    if (options & 4) profile.unit.constant = profile::Unit::g;
    if (options & 8) profile.decimals.constant = options >> 5;
    if (options & 16) site = {options >> 5, profile::Unit::lb, profile::Decimal{5, 3}};
    return profile;
}

Frames cut(const TextScaleProfile& profile, std::string_view bytes) {
    return scale::FrameCutter(profile.protocol, profile.checksum).feed(bytes);
}
Frames cut_in_pieces(const TextScaleProfile& profile, std::string_view bytes, std::uint8_t seed) {
    scale::FrameCutter cutter(profile.protocol, profile.checksum);
    Frames frames;
    fuzz::in_pieces(bytes, seed, [&](std::string_view piece) {
        for (auto& frame : cutter.feed(piece)) frames.push_back(std::move(frame));
    });
    return frames;
}

unsigned toledo_sum(std::string_view frame) {
    unsigned sum = 0;
    for (const char c : frame) sum += static_cast<unsigned char>(c);
    return sum % 128;
}

void decode(const TextScaleProfile& profile, const profile::SiteFacts& site,
            const std::string& frame) {
    scale::says_no_tare(profile, frame);
    for (const char c : scale::frame_words(frame))
        must(c >= ' ' && c <= '~', "the record of a frame is printable");
    const auto reading = scale::decode_frame(profile, site, frame);
    if (!reading) return;
    must(reading->fault.empty() == reading->why.empty(), "a fault has its sentence");
    must(reading->division.value >= 0, "a division is not negative");
    if (!reading->fault.empty()) return must(reading->gross.value == 0, "a fault has no weight");
    constexpr std::int64_t most = 1'000'000'000'000'000'000;
    must(reading->gross.value < most && reading->gross.value > -most, "a weight can be added up");
    if (profile.protocol == ScaleProtocol::toledo_continuous && profile.checksum)
        must(toledo_sum(frame) == 0, "no weight from a frame with a wrong checksum");
}

void heard(Feed& in, ScaleProtocol protocol) {
    profile::SiteFacts site;
    const auto profile = profile_of(in, protocol, site);
    const auto seed = in.byte();
    const auto bytes = in.rest();
    const auto frames = cut(profile, bytes);
    must(frames == cut_in_pieces(profile, bytes, seed), "cut the same however it arrives");
    for (const auto& frame : frames) {
        must(!frame.empty() && frame.size() <= 130, "a frame is short");
        decode(profile, site, frame);
    }
    if (bytes.size() <= 130) decode(profile, site, std::string(bytes));
}

std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    while (exponent-- > 0) power *= 10;
    return power;
}

std::string decimal_text(std::int64_t digits, int decimals) {
    std::string text = std::to_string(digits);
    const auto places = static_cast<std::size_t>(decimals);
    if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
    if (decimals > 0) text.insert(text.size() - places, ".");
    return text;
}

struct Load {
    std::int64_t digits = 0;  // at most five, so that every protocol can show them
    int decimals = 0;         // of a kilogram, at most four
    bool negative = false, stable = false;
    std::int64_t milligrams() const {
        return (negative ? -1 : 1) * digits * power_of_ten(6 - decimals);
    }
};

std::string padded(const std::string& text, std::size_t width) {
    return text.size() >= width ? text : std::string(width - text.size(), ' ') + text;
}

std::string toledo_frame(const Load& load) {
    std::string frame{'\x02', static_cast<char>(0x28 | (load.decimals + 2)),
                      static_cast<char>(0x30 | load.negative << 1 | !load.stable << 3), ' '};
    frame += padded(std::to_string(load.digits), 6) + "     0\r";
    frame += static_cast<char>((128 - toledo_sum(frame)) % 128);
    return frame;
}

// As a scale of this protocol would tell it.
std::string told(const Load& load, ScaleProtocol protocol) {
    const std::string sign = load.negative ? "-" : "+";
    const std::string number = decimal_text(load.digits, load.decimals);
    const std::string state = load.stable ? "ST" : "US";
    switch (protocol) {
        case ScaleProtocol::toledo_continuous:
            return toledo_frame(load);
        case ScaleProtocol::mt_sics:
            return std::string("S ") + (load.stable ? "S " : "D ") +
                   padded((load.negative ? "-" : "") + number, 10) + " kg\r\n";
        case ScaleProtocol::cas:
            return state + ",GS,\x01@," + padded((load.negative ? "-" : "") + number, 8) +
                   " kg\r\n";
        case ScaleProtocol::and_standard:
            return state + ",GS," + sign + number + "kg\r\n";
        case ScaleProtocol::dini:
            return state + ",GS," + padded((load.negative ? "-" : "") + number, 10) + ",kg\r\n";
        case ScaleProtocol::hid_pos:
            return {'\x03',
                    load.stable ? '\x04' : '\x03',
                    '\x03',
                    static_cast<char>(-load.decimals),
                    static_cast<char>(load.digits & 255),
                    static_cast<char>(load.digits >> 8)};
    }
    return {};
}

void shown(Feed& in, ScaleProtocol protocol) {
    Load load;
    load.digits = in.word();
    const auto options = in.byte();
    load.decimals = options % 5;
    load.negative = (options & 64) && protocol != ScaleProtocol::hid_pos;
    load.stable = options & 128;
    TextScaleProfile profile;
    profile.protocol = protocol;
    profile.checksum = protocol == ScaleProtocol::toledo_continuous;
    std::string bytes = told(load, protocol);
    const auto seed = in.byte();
    const auto frames = cut_in_pieces(profile, bytes, seed);
    must(frames.size() == 1, "a frame is cut out whole");
    const auto reading = scale::decode_frame(profile, {}, frames[0]);
    must(reading && reading->fault.empty(), "a true frame is a reading");
    must(reading->gross.value == load.milligrams(), "the weight is the one shown");
    must(reading->stable == load.stable, "stable is what the scale says");
    if (!profile.checksum) return;
    const std::size_t at = in.byte() % bytes.size();
    bytes[at] = static_cast<char>(bytes[at] ^ 1 << in.byte() % 7);
    for (const auto& frame : cut(profile, bytes)) {
        const auto damaged = scale::decode_frame(profile, {}, frame);
        must(!damaged || !damaged->fault.empty(), "no weight from a damaged frame");
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Feed in(data, size);
    const auto format = in.byte();
    const auto protocol = static_cast<ScaleProtocol>(format % 6);
    if (format & 64)
        shown(in, protocol);
    else
        heard(in, protocol);
    return 0;
}
