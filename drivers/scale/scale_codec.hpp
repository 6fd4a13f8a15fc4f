// What register words mean, by a profile. Pure: knows no socket and no clock; whether the reading
// is fresh is for the driver to say.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/quantities.hpp"
#include "drivers/profile/scale_profile.hpp"

namespace kemas::scale {

struct ScaleReading {
    Milligrams gross;     // only when there is no fault
    Milligrams division;  // e; 0 when there is a fault
    bool stable = false;  // the device says so
    std::string fault;    // one word: a status of the profile, or "decimals", "unit", "division",
                          // "number", "short"; empty = the weight can be trusted
    std::string why;      // the fault as a sentence with the next step
    std::optional<std::uint32_t> heartbeat;  // when the profile names one
};

// `words` are those of all read blocks, one after the other. Any set fault bit comes before the
// number: an overloaded scale may well show zero.
ScaleReading decode_scale(const profile::ScaleProfile& profile, const profile::SiteFacts& site,
                          std::span<const std::uint16_t> words);

// What profile and site together leave open, so that this scale cannot weigh; empty = nothing.
std::string weighing_gap(const profile::ScaleProfile& profile, const profile::SiteFacts& site);

// "0000 04D2 0001": the words as the weighing record keeps them.
std::string hex_words(std::span<const std::uint16_t> words);

}  // namespace kemas::scale
