// What the decoders of single protocols share. Only frame_*.cpp include it.
#pragma once

#include "drivers/scale/frame_codec.hpp"

namespace kemas::scale {

using MaybeReading = std::optional<ScaleReading>;

struct Shown {
    std::string_view digits;  // "+0012.34", "  -1.5", "0000013.5"
    std::string_view unit;    // may be empty
    bool stable = false;
};

ScaleReading refused(std::string fault);
/// The reading of a number in text; nullopt when it is no number.
MaybeReading reading_of(const profile::TextScaleProfile& profile, const profile::SiteFacts& site,
                        const Shown& shown);
/// The same of a decimal already read; `told`: the division, where the frame tells it.
ScaleReading reading_of(const profile::TextScaleProfile& profile, const profile::SiteFacts& site,
                        profile::Decimal number, std::optional<profile::Unit> unit, bool stable,
                        std::optional<profile::Decimal> told = std::nullopt);
std::string_view trim(std::string_view text);
std::optional<profile::Decimal> number_in(std::string_view digits);

MaybeReading decode_toledo(const profile::TextScaleProfile&, const profile::SiteFacts&,
                           std::string_view frame);
MaybeReading decode_sics(const profile::TextScaleProfile&, const profile::SiteFacts&,
                         std::string_view frame);
MaybeReading decode_hid(const profile::TextScaleProfile&, const profile::SiteFacts&,
                        std::string_view frame);
MaybeReading decode_cas(const profile::TextScaleProfile&, const profile::SiteFacts&,
                        std::string_view frame);
MaybeReading decode_and(const profile::TextScaleProfile&, const profile::SiteFacts&,
                        std::string_view frame);
MaybeReading decode_dini(const profile::TextScaleProfile&, const profile::SiteFacts&,
                         std::string_view frame);

}  // namespace kemas::scale
