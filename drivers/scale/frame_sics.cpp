#include <vector>

#include "drivers/scale/frame_parts.hpp"

namespace kemas::scale {

using namespace kemas::profile;

// "S S     100.00 g": the command, its state, the value, the unit.
MaybeReading decode_sics(const TextScaleProfile& profile, const SiteFacts& site,
                         std::string_view frame) {
    std::vector<std::string_view> words;
    for (std::string_view rest = trim(frame); !rest.empty(); rest = trim(rest)) {
        const auto space = rest.find(' ');
        words.push_back(rest.substr(0, space));
        rest = space == std::string_view::npos ? std::string_view{} : rest.substr(space);
    }
    if (words.size() < 2 || words.size() > 4) return std::nullopt;
    if (words[0] == "TA" && words[1] == "A") {
        if (words.size() < 3) return refused("net_shown");
        const auto tare = number_in(words[2]);
        if (!tare || tare->digits != 0) return refused("net_shown");
        return std::nullopt;  // no tare: what S says is gross
    }
    if (words[0] != "S") return std::nullopt;
    if (words.size() == 2) {
        if (words[1] == "+") return refused("overload");
        if (words[1] == "-") return refused("underload");
        if (words[1] == "I") return refused("not_ready");
        return std::nullopt;
    }
    if (words[1] != "S" && words[1] != "D") return std::nullopt;
    Shown shown;
    shown.digits = words[2];
    if (words.size() == 4) shown.unit = words[3];
    shown.stable = words[1] == "S";
    return reading_of(profile, site, shown);
}

}  // namespace kemas::scale
