#include "drivers/scale/frame_command.hpp"

#include "drivers/scale/frame_parts.hpp"

namespace kemas::scale {
namespace {

using namespace kemas::profile;
using Kind = CommandAnswer::Kind;

CommandAnswer not_now() {
    return {Kind::refused,
            "the scale refuses now: wait until it is at rest and inside its range, then again"};
}

CommandAnswer not_understood() {
    return {Kind::refused,
            "the scale does not know this command: use its own keys, and check its profile"};
}

CommandAnswer sics_answer(ScaleCommand what, std::string_view frame) {
    if (frame == "ES" || frame == "ET" || frame == "EL") return not_understood();
    const std::string_view word = what == ScaleCommand::zero   ? "Z "
                                  : what == ScaleCommand::tare ? "T "
                                                               : "TAC ";
    if (!frame.starts_with(word) || frame.size() == word.size()) return {};
    switch (frame[word.size()]) {
        case 'A':
        case 'S':
            return {Kind::done, {}};
        case 'I':
            return not_now();
        case '+':
            return {Kind::refused, "too much lies on the scale: take goods off, then again"};
        case '-':
            return {Kind::refused, "the load is below the range: put the pan back, then again"};
        default:
            return not_understood();
    }
}

// What the display shows: a net weight, and zero of it at rest.
struct Display {
    bool known = false, net = false, zero_at_rest = false;
};

Display toledo_display(const TextScaleProfile& profile, const SiteFacts& site,
                       std::string_view frame) {
    const auto reading = decode_toledo(profile, site, frame);
    if (!reading || !reading->fault.empty()) return {};
    const bool zero = frame.substr(4, 6).find_first_not_of(" 0") == std::string_view::npos;
    return {true, (frame[2] & 0x01) != 0, zero && reading->stable};
}

Display header_display(TextScaleProfile profile, const SiteFacts& site, std::string_view frame) {
    const bool net = frame.find(",NT,") != std::string_view::npos;
    profile.net = true;  // the number as it is shown
    const auto reading = decode_frame(profile, site, frame);
    if (!reading || !reading->fault.empty()) return {};
    return {true, net, reading->gross.value == 0 && reading->stable};
}

// Words in place of a weight: a refusal, or a receipt.
CommandAnswer word_of(ScaleProtocol protocol, std::string_view frame) {
    if (protocol == ScaleProtocol::dini) {
        if (frame.size() > 2 && frame[0] >= '0' && frame[0] <= '9') frame.remove_prefix(2);
        if (frame == "ERR03") return not_now();
        if (frame.starts_with("ERR")) return not_understood();
        return {};
    }
    if (frame == "?") return not_understood();
    if (frame == (protocol == ScaleProtocol::cas ? "!" : "I")) return not_now();
    return {};
}

}  // namespace

const std::string& bytes_of(const TextScaleProfile& profile, ScaleCommand what) {
    switch (what) {
        case ScaleCommand::zero:
            return profile.zero;
        case ScaleCommand::tare:
            return profile.tare;
        case ScaleCommand::clear_tare:
            break;
    }
    return profile.clear_tare;
}

std::string_view name_of(ScaleCommand what) {
    switch (what) {
        case ScaleCommand::zero:
            return "zero";
        case ScaleCommand::tare:
            return "tare";
        case ScaleCommand::clear_tare:
            break;
    }
    return "clear tare";
}

CommandAnswer answer_to(const TextScaleProfile& profile, const SiteFacts& site, ScaleCommand what,
                        std::string_view frame) {
    const auto protocol = profile.protocol;
    if (protocol == ScaleProtocol::mt_sics) return sics_answer(what, trim(frame));
    const bool toledo = protocol == ScaleProtocol::toledo_continuous;
    if (!toledo)
        if (const auto word = word_of(protocol, trim(frame)); word.kind != Kind::none) return word;
    const Display display =
        toledo ? toledo_display(profile, site, frame) : header_display(profile, site, frame);
    if (!display.known) return {};
    bool done = display.zero_at_rest;
    if (what == ScaleCommand::tare) done = done && display.net;
    if (what == ScaleCommand::clear_tare) done = !display.net;
    return {done ? Kind::done : Kind::none, {}};
}

}  // namespace kemas::scale
