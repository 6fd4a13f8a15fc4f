#include "drivers/scale/frame_samples.hpp"

#include "drivers/profile/check_samples.hpp"
#include "drivers/scale/frame_codec.hpp"
#include "drivers/scale/frame_cutter.hpp"

namespace kemas::scale {
namespace {

std::string meaning(const std::optional<ScaleReading>& reading) {
    if (!reading) return "no_reading";
    if (!reading->fault.empty()) return reading->fault;
    return std::to_string(reading->gross.value) + " mg, " + (reading->stable ? "stable" : "moving");
}

std::string meaning(const profile::FrameSample& sample) {
    if (!sample.fault.empty()) return sample.fault;
    ScaleReading reading;
    reading.gross = sample.weight.value_or(Milligrams{0});
    reading.stable = sample.stable;
    return meaning(reading);
}

}  // namespace

std::vector<std::string> wrong_samples(const profile::TextScaleProfile& profile) {
    std::vector<std::string> result;
    for (const profile::FrameSample& sample : profile.samples) {
        const auto frames = FrameCutter(profile.protocol, profile.checksum).feed(sample.frame);
        const std::string is = frames.size() == 1
                                   ? meaning(decode_frame(profile, sample.site, frames[0]))
                                   : std::to_string(frames.size()) + " frames";
        if (is != meaning(sample))
            result.push_back(profile::sample_at(profile, sample.line, sample.what) +
                             "the frame is " + is + ", expected " + meaning(sample));
    }
    return result;
}

}  // namespace kemas::scale
