#include "drivers/scale/scale_samples.hpp"

#include "drivers/profile/check_samples.hpp"
#include "drivers/scale/scale_codec.hpp"

namespace kemas::scale {
namespace {

std::string fault(const std::string& name) {
    return name.empty() ? "none" : "\"" + name + "\"";
}

std::string milligrams(Milligrams mass) {
    return std::to_string(mass.value) + " mg";
}

}  // namespace

std::vector<std::string> wrong_samples(const profile::ScaleProfile& profile) {
    std::vector<std::string> result;
    for (const profile::Sample& sample : profile.samples) {
        const auto wrong = [&](std::string_view thing, const std::string& is,
                               const std::string& expected) {
            result.push_back(profile::sample_at(profile, sample.line, sample.what) +
                             std::string(thing) + " is " + is + ", expected " + expected);
        };
        const ScaleReading reading = decode_scale(profile, sample.site, sample.words);
        if (reading.fault != sample.fault) {
            wrong("the fault", fault(reading.fault), fault(sample.fault));
        } else if (reading.fault.empty()) {
            if (reading.gross != sample.gross)
                wrong("gross_mg", milligrams(reading.gross), milligrams(sample.gross));
            if (reading.stable != sample.stable)
                wrong("stable", reading.stable ? "true" : "false",
                      sample.stable ? "true" : "false");
            if (sample.division && reading.division != *sample.division)
                wrong("division_mg", milligrams(reading.division), milligrams(*sample.division));
        }
    }
    return result;
}

}  // namespace kemas::scale
