// The family of "ST,GS,+0012.34kg": CAS, A&D, Dini.
#include <vector>

#include "drivers/scale/frame_parts.hpp"

namespace kemas::scale {
namespace {

using namespace kemas::profile;
using Fields = std::vector<std::string_view>;

Fields split(std::string_view frame) {
    Fields fields;
    for (;;) {
        const auto comma = frame.find(',');
        fields.push_back(frame.substr(0, comma));
        if (comma == std::string_view::npos) return fields;
        frame.remove_prefix(comma + 1);
    }
}

// The state that comes first; a fault when it is one, nullopt when the frame is another.
struct State {
    bool known = false, stable = false;
    std::string fault;
};

State state_of(std::string_view word, bool negative) {
    if (word == "ST") return {true, true, {}};
    if (word == "US") return {true, false, {}};
    if (word == "OL") return {true, false, negative ? "underload" : "overload"};
    if (word == "UL") return {true, false, "underload"};
    if (word == "TL") return {true, false, "error"};       // Dini: not level
    if (word == "QT") return {true, false, "other_unit"};  // A&D: counts pieces
    return {};
}

bool has_minus(std::string_view text) {
    return text.find('-') != std::string_view::npos;
}

// "+0012.34kg", "     0.0  g": number first, unit behind it.
Shown apart(std::string_view text, bool stable) {
    const auto unit = text.find_first_not_of("+-0123456789. ");
    Shown shown;
    shown.digits = text.substr(0, unit);
    if (unit != std::string_view::npos) shown.unit = text.substr(unit);
    shown.stable = stable;
    return shown;
}

}  // namespace

// ST,GS,<id><lamp>,dddddddd<blank>uu: 20 characters. The lamp byte may be anything, also a comma.
MaybeReading decode_cas(const TextScaleProfile& profile, const SiteFacts& site,
                        std::string_view frame) {
    if (trim(frame).starts_with("ERR")) return refused("error");
    if (frame.size() != 20 || frame[2] != ',' || frame[5] != ',' || frame[8] != ',')
        return std::nullopt;  // also the 10-byte form: it says neither motion nor net
    const auto digits = frame.substr(9, 8);
    const State state = state_of(frame.substr(0, 2), has_minus(digits));
    const auto type = frame.substr(3, 2);
    if (!state.known || (type != "GS" && type != "NT")) return std::nullopt;
    if (!state.fault.empty()) return refused(state.fault);
    if (type == "NT" && !profile.net) return refused("net_shown");
    Shown shown;
    shown.digits = digits;
    shown.unit = frame.substr(17);
    shown.stable = state.stable;
    return reading_of(profile, site, shown);
}

// ST,GS,+0012.34kg; bench scales leave out the type, and then only `net` in the profile may say
// that the number is believed as long as nobody tares. A comparator's result may stand there too.
MaybeReading decode_and(const TextScaleProfile& profile, const SiteFacts& site,
                        std::string_view frame) {
    const Fields fields = split(frame);
    if (fields.size() != 2 && fields.size() != 3) return std::nullopt;
    const auto data = fields.back();
    const State state = state_of(fields[0], has_minus(data));
    if (!state.known) return std::nullopt;
    if (!state.fault.empty()) return refused(state.fault);
    const bool typed = fields.size() == 3 && (fields[1] == "GS" || fields[1] == "NT");
    if (fields.size() == 3 && !typed && fields[1] != "LO" && fields[1] != "OK" &&
        fields[1] != "HI" && fields[1] != "--")
        return std::nullopt;
    if (!profile.net && (!typed || fields[1] == "NT")) return refused("net_shown");
    return reading_of(profile, site, apart(data, state.stable));
}

// [cc]ST,GS,    0.0,kg
MaybeReading decode_dini(const TextScaleProfile& profile, const SiteFacts& site,
                         std::string_view frame) {
    const Fields fields = split(frame);
    if (fields.size() != 4) return std::nullopt;
    std::string_view head = fields[0];
    if (head.size() == 4) head.remove_prefix(2);  // the instrument's number on a shared line
    const State state = state_of(head, has_minus(fields[2]));
    if (!state.known || head == "QT") return std::nullopt;
    if (!state.fault.empty()) return refused(state.fault);
    if (fields[1] == "NT" && !profile.net) return refused("net_shown");
    if (fields[1] != "GS" && fields[1] != "NT")
        return std::nullopt;  // VL, RZ: raw values of the converter
    Shown shown;
    shown.digits = fields[2];
    shown.unit = fields[3];
    shown.stable = state.stable;
    return reading_of(profile, site, shown);
}

}  // namespace kemas::scale
