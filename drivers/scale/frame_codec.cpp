#include "drivers/scale/frame_codec.hpp"

#include <cctype>

#include "drivers/scale/frame_parts.hpp"

namespace kemas::scale {

using namespace kemas::profile;

std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

std::optional<Decimal> number_in(std::string_view digits) {
    digits = trim(digits);
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+')) digits = trim(digits.substr(1));
    if (digits.starts_with('-')) return std::nullopt;
    auto number = parse_decimal(digits);
    if (number && negative) number->digits = -number->digits;
    return number;
}

ScaleReading refused(std::string fault) {
    ScaleReading reading;
    if (fault == "overload")
        reading.why = "overload: take goods off the scale";
    else if (fault == "underload")
        reading.why = "underload: put the pan back and zero the scale";
    else if (fault == "net_shown")
        reading.why = "the scale shows a net weight: clear its tare";
    else if (fault == "not_ready")
        reading.why =
            "not ready: wait until the scale has started or left its menu, else press its zero key";
    else if (fault == "other_unit")
        reading.why = "other unit: switch the scale to g, kg, t, lb or oz";
    else if (fault == "unit")
        reading.why = "the scale tells no unit: set weight_unit in the site file";
    else
        reading.why = "the scale reports an error: look at its display and call service";
    reading.fault = std::move(fault);
    return reading;
}

ScaleReading reading_of(const TextScaleProfile& profile, const SiteFacts& site, Decimal number,
                        std::optional<Unit> unit, bool stable, std::optional<Decimal> told) {
    if (!unit) unit = profile.unit.constant ? profile.unit.constant : site.unit;
    if (!unit) return refused("unit");
    const auto decimals = profile.decimals.constant ? profile.decimals.constant : site.decimals;
    if (number.decimals == 0 && decimals) number.decimals = *decimals;  // a point that is not sent
    const auto gross = to_milligrams(number, *unit);
    if (!gross) return refused("error");
    ScaleReading reading;
    reading.gross = *gross;
    reading.stable = stable;
    auto division = profile.division.constant ? profile.division.constant : site.division;
    if (!division) division = told;
    if (division) reading.division = to_milligrams(*division, *unit).value_or(Milligrams{0});
    return reading;
}

MaybeReading reading_of(const TextScaleProfile& profile, const SiteFacts& site,
                        const Shown& shown) {
    const auto number = number_in(shown.digits);
    if (!number) return std::nullopt;
    std::optional<Unit> unit;
    if (const auto word = trim(shown.unit); !word.empty()) {
        std::string small;
        for (const char c : word)
            small += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        unit = parse_unit(small);
        if (!unit) return refused("other_unit");
    }
    return reading_of(profile, site, *number, unit, shown.stable);
}

MaybeReading decode_frame(const TextScaleProfile& profile, const SiteFacts& site,
                          std::string_view frame) {
    switch (profile.protocol) {
        case ScaleProtocol::toledo_continuous:
            return decode_toledo(profile, site, frame);
        case ScaleProtocol::mt_sics:
            return decode_sics(profile, site, frame);
        case ScaleProtocol::cas:
            return decode_cas(profile, site, frame);
        case ScaleProtocol::and_standard:
            return decode_and(profile, site, frame);
        case ScaleProtocol::dini:
            return decode_dini(profile, site, frame);
        case ScaleProtocol::hid_pos:
            return decode_hid(profile, site, frame);
    }
    return std::nullopt;
}

std::string weighing_gap(const TextScaleProfile& profile, const SiteFacts& site) {
    if (profile.protocol == ScaleProtocol::toledo_continuous) return {};  // it tells its own
    if (profile.division.constant || site.division) return {};
    return "this scale does not tell its division: add division = \"...\" to its [[scale]]";
}

std::string frame_words(std::string_view frame) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string words;
    for (const char c : frame) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7F)
            words += c;
        else
            words += {'<', '0', 'x', digits[byte >> 4], digits[byte & 15], '>'};
    }
    return words;
}

std::string reading_request(const TextScaleProfile& profile) {
    if (!profile.request.empty()) return profile.request;
    return profile.protocol == ScaleProtocol::mt_sics ? "SI\r\n" : "";
}

bool says_no_tare(const TextScaleProfile& profile, std::string_view frame) {
    if (profile.protocol != ScaleProtocol::mt_sics || !trim(frame).starts_with("TA A "))
        return false;
    return !decode_frame(profile, {}, frame);
}

std::string tare_question(const TextScaleProfile& profile) {
    return profile.protocol == ScaleProtocol::mt_sics ? "TA\r\n" : "";
}

}  // namespace kemas::scale
