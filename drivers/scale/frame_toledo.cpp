#include "drivers/scale/frame_parts.hpp"

namespace kemas::scale {
namespace {

using namespace kemas::profile;

// Six characters without sign or point; blanks in front are zeros, blanks alone are no number.
std::optional<std::int64_t> six_digits(std::string_view text) {
    std::int64_t value = 0;
    bool any = false;
    for (const char c : text) {
        if (c == ' ' && !any) continue;
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
        any = true;
    }
    if (!any) return std::nullopt;
    return value;
}

// The point's place 0 to 7 counts from two zeros behind the digits to five decimals.
Decimal placed(std::int64_t digits, int place) {
    for (; place < 2; ++place) digits *= 10;
    return {digits, place - 2};
}

bool sum_agrees(std::string_view frame) {
    unsigned sum = 0;
    for (const char c : frame) sum += static_cast<unsigned>(c) & 0x7F;
    return (sum & 0x7F) == 0;
}

}  // namespace

// STX SWA SWB SWC dddddd [tttttt] CR [sum]
MaybeReading decode_toledo(const TextScaleProfile& profile, const SiteFacts& site,
                           std::string_view frame) {
    if (profile.checksum) {
        if (frame.empty() || !sum_agrees(frame)) return std::nullopt;
        frame.remove_suffix(1);
    }
    const bool with_tare = frame.size() == 17;
    if (!with_tare && frame.size() != 11) return std::nullopt;
    std::string seven;
    for (const char c : frame) seven += static_cast<char>(c & 0x7F);
    const int a = seven[1], b = seven[2], c = seven[3];
    const bool net = b & 0x01, negative = b & 0x02, beyond = b & 0x04, moves = b & 0x08;
    if (beyond) return refused(negative ? "underload" : "overload");
    if (b & 0x40) return refused("not_ready");  // not zeroed since it was switched on
    // 1 is grams; further codes differ between makes. Bit 4: ten times finer than the point says.
    const int unit_code = c & 0x07;
    if (unit_code > 1 || c & 0x10) return refused("other_unit");
    const Unit unit = unit_code == 1 ? Unit::g : b & 0x10 ? Unit::kg : Unit::lb;
    auto digits = six_digits(std::string_view(seven).substr(4, 6));
    if (!digits) return std::nullopt;
    if (negative) digits = -*digits;
    if (net) {
        const auto tare = with_tare ? six_digits(std::string_view(seven).substr(10, 6)) : digits;
        if (!with_tare || !tare) return refused("net_shown");
        *digits += *tare;
    }
    constexpr int steps[] = {0, 1, 2, 5};
    const int step = steps[a >> 3 & 0x03];
    std::optional<Decimal> division;
    if (step > 0) division = placed(step, a & 0x07);
    return reading_of(profile, site, placed(*digits, a & 0x07), unit, !moves, division);
}

}  // namespace kemas::scale
