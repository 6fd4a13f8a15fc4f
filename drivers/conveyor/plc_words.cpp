#include "drivers/conveyor/plc_words.hpp"

#include <algorithm>
#include <string>

namespace kemas::conveyor {
namespace {

using profile::Bits;
using profile::DeviceProfile;
using profile::Words;

constexpr std::uint32_t kNone = 0, kTaken = 1;  // of divert_result

std::optional<Bits> place_of(const DeviceProfile& profile, const std::string& name) {
    const auto* value = profile.value(name);
    return value ? std::optional(value->at) : std::nullopt;
}

std::uint32_t read(const std::optional<Bits>& place, Words words) {
    return place ? profile::code_of(*place, words) : 0;
}

tl::unexpected<Fault> lacks(const DeviceProfile& profile, const std::string& what) {
    return fail(Remedy::call_person,
                profile.file + ": has no " + what +
                    ", which a line needs; choose another profile for its PLC");
}

}  // namespace

Result<PlcWords::Eye> PlcWords::find_eye(const DeviceProfile& profile, const std::string& name) {
    const auto* counter = profile.counter(name);
    if (!counter) return lacks(profile, "[counter." + name + "]");
    return Eye{counter->at, place_of(profile, name + "_edge"), place_of(profile, name + "_length")};
}

Result<PlcWords> PlcWords::of(const DeviceProfile& profile, std::size_t eyes, std::size_t lanes) {
    PlcWords words;
    const auto* encoder = profile.counter("encoder");
    if (!encoder) return lacks(profile, "[counter.encoder]");
    words.encoder_ = encoder->at;
    for (std::size_t i = 1; i <= eyes; ++i) {
        auto eye = find_eye(profile, "eye_" + std::to_string(i));
        if (!eye) return tl::unexpected(eye.error());
        words.eyes_.push_back(*eye);
    }
    for (std::size_t i = 1; i <= lanes; ++i) {
        auto eye = find_eye(profile, "lane_" + std::to_string(i));
        if (!eye) return tl::unexpected(eye.error());
        words.lanes_.push_back(*eye);
    }
    const auto number = place_of(profile, "divert_number");
    if (!number) return lacks(profile, "[value.divert_number]");
    words.number_ = *number;
    const auto* divert = profile.command("divert");
    const auto takes = [&](const char* name) {
        return std::any_of(divert->arguments.begin(), divert->arguments.end(),
                           [&](const auto& one) { return one.name == name; });
    };
    if (!divert || !divert->sequence || !takes("lane") || !takes("target"))
        return lacks(profile, "[command.divert] with a sequence number, lane and target");
    words.result_ = place_of(profile, "divert_result");
    words.starts_ = place_of(profile, "starts");
    words.full_ = place_of(profile, "lanes_full");
    words.down_ = place_of(profile, "lanes_down");
    words.blocked_ = place_of(profile, "eyes_blocked");
    if (profile.liveness) words.beat_ = profile.liveness->at();
    if (const auto* jam = profile.status_bit("jam")) words.jam_ = jam->at;
    if (const auto* stopped = profile.status_bit("stopped")) words.stopped_ = stopped->at;
    return words;
}

line::Polled PlcWords::read(Words words, Instant at) const {
    line::Polled look;
    look.at = at;
    look.boot = static_cast<std::uint16_t>(conveyor::read(starts_, words));
    look.heartbeat = static_cast<std::uint16_t>(conveyor::read(beat_, words));
    look.encoder = profile::code_of(encoder_, words);
    look.jammed = jam_ && profile::holds(*jam_, words);
    look.stopped = stopped_ && profile::holds(*stopped_, words);
    look.ack = static_cast<std::uint16_t>(profile::code_of(number_, words));
    const auto result = result_ ? profile::code_of(*result_, words) : kTaken;
    look.echo = result == kTaken  ? line::Echo::accepted
                : result == kNone ? line::Echo::none
                                  : line::Echo::refused;
    const auto eye_of = [&](const Eye& eye) {
        line::EyeReading reading;
        reading.count = profile::code_of(eye.count, words);
        if (eye.edge) reading.edge = profile::code_of(*eye.edge, words);
        reading.length = conveyor::read(eye.length, words);
        return reading;
    };
    const auto bit = [&](const Place& place, std::size_t i) {
        return (conveyor::read(place, words) >> i & 1) != 0;
    };
    for (std::size_t i = 0; i < eyes_.size(); ++i) {
        look.eyes.push_back(eye_of(eyes_[i]));
        look.eyes.back().blocked = bit(blocked_, i);
    }
    for (std::size_t i = 0; i < lanes_.size(); ++i)
        look.lanes.push_back({eye_of(lanes_[i]), bit(full_, i), bit(down_, i)});
    return look;
}

}  // namespace kemas::conveyor
