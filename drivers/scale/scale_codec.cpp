#include "drivers/scale/scale_codec.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "drivers/profile/decode.hpp"

namespace kemas::scale {
namespace {

using namespace kemas::profile;

template <class T>
std::optional<T> value_of(const Source<T>& source, const std::optional<T>& site, Words words) {
    if (source.told) return told(*source.told, words);
    return source.constant ? source.constant : site;
}

std::optional<Milligrams> weight_of(const Weight& weight, int decimals, Unit unit, Words words) {
    const std::uint32_t bits = raw(weight.field, words);
    if (std::find(weight.invalid.begin(), weight.invalid.end(), bits) != weight.invalid.end())
        return std::nullopt;
    std::int64_t digits = 0;
    switch (weight.number) {
        case NumberKind::u16:
        case NumberKind::u32:
            digits = bits;
            break;
        case NumberKind::s16:
            digits = static_cast<std::int16_t>(bits);
            break;
        case NumberKind::s32:
            digits = static_cast<std::int32_t>(bits);
            break;
        case NumberKind::float32: {
            const float value = std::bit_cast<float>(bits);
            if (!std::isfinite(value) || std::fabs(value) > 1e9f) return std::nullopt;
            // Six more digits than shown: finer than any division, still exact for a float.
            return to_milligrams({std::llround(static_cast<double>(value) * 1e6), decimals + 6},
                                 unit);
        }
    }
    if (weight.negative && holds(*weight.negative, words)) digits = -digits;
    return to_milligrams({digits, decimals}, unit);
}

std::string sentence(const std::string& status) {
    if (status == "overload") return "overload: take goods off the scale";
    if (status == "underload") return "underload: put the pan back and zero the scale";
    if (status == "not_ready")
        return "not ready: wait until the scale has started or left its menu";
    if (status == "other_unit") return "other unit: switch the scale back to its first unit";
    return status + ": look at the scale's display and call service";
}

ScaleReading broken(std::string fault, std::string why) {
    ScaleReading reading;
    reading.fault = std::move(fault);
    reading.why = std::move(why);
    return reading;
}

template <class T>
std::string place(const Source<T>& source) {
    return "register " + std::to_string(source.told ? source.told->at.field.register_number : 0);
}

}  // namespace

ScaleReading decode_scale(const ScaleProfile& profile, const SiteFacts& site, Words words) {
    if (static_cast<int>(words.size()) != profile.word_count())
        return broken("short", "fewer registers than the profile reads: check the profile");
    ScaleReading reading;
    if (profile.liveness) reading.heartbeat = code_of(profile.liveness->at(), words);
    const auto faulty = [&](std::string fault, std::string why) {
        ScaleReading result = broken(std::move(fault), std::move(why));
        result.heartbeat = reading.heartbeat;
        return result;
    };
    for (const StatusBit& status : profile.status) {
        const bool set = holds(status.at, words);
        if (status.name == "stable")
            reading.stable = set;
        else if (set && status.meaning == StatusBit::Meaning::fault)
            return faulty(status.name, sentence(status.name));
    }
    const auto decimals = value_of(profile.weight.decimals, site.decimals, words);
    if (!decimals || *decimals < 0)
        return faulty("decimals", place(profile.weight.decimals) +
                                      " tells no decimal point that the profile knows: check "
                                      "the scale's setup against the profile");
    const auto unit = value_of(profile.unit, site.unit, words);
    if (!unit)
        return faulty("unit", place(profile.unit) +
                                  " tells no unit that the profile knows: switch the scale's unit");
    const auto division = value_of(profile.division, site.division, words);
    const auto e = division ? to_milligrams(*division, *unit) : std::nullopt;
    if (!e || *e <= Milligrams{0})
        return faulty("division", place(profile.division) +
                                      " tells no division: check the scale's setup against the "
                                      "profile");
    const auto gross = weight_of(profile.weight, *decimals, *unit, words);
    if (!gross) return faulty("number", "the weight is no number: check the profile's number kind");
    reading.gross = *gross;
    reading.division = *e;
    return reading;
}

std::string weighing_gap(const ScaleProfile& profile, const SiteFacts& site) {
    std::string missing;
    const auto lacks = [&](std::string_view what) {
        missing += (missing.empty() ? "" : ", ") + std::string(what);
    };
    bool stable = false;
    for (const StatusBit& status : profile.status) stable = stable || status.name == "stable";
    if (!stable) lacks("the status bit \"stable\" (profile)");
    if (!profile.weight.decimals.known() && !site.decimals) lacks("decimals (site file)");
    if (!profile.unit.known() && !site.unit) lacks("unit (site file)");
    if (!profile.division.known() && !site.division) lacks("division (site file)");
    if (missing.empty()) return {};
    return profile.file + " cannot weigh yet, it lacks: " + missing +
           "; add them from the instrument's manual";
}

std::string hex_words(Words words) {
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string result;
    for (const std::uint16_t word : words) {
        if (!result.empty()) result += ' ';
        for (int shift = 12; shift >= 0; shift -= 4) result += kDigits[word >> shift & 0xF];
    }
    return result;
}

}  // namespace kemas::scale
