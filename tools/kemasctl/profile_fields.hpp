// Every field of a Modbus profile as a row for a person: its name, the raw bits, what they mean,
// and where they were read. Knows no device.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "drivers/profile/load_profile.hpp"
#include "tools/kemasctl/table.hpp"

namespace kemas::ctl {

inline const Row kFieldHead{"FIELD", "RAW", "MEANS", "WHERE"};

std::vector<Row> field_rows(const profile::AnyProfile& profile, const profile::SiteFacts& site,
                            const std::vector<std::uint16_t>& words);

// What kemasd would make of it: "12.345 kg, stable", or why it would not weigh. Empty for a device
// that is no scale.
std::string verdict(const profile::AnyProfile& profile, const profile::SiteFacts& site,
                    const std::vector<std::uint16_t>& words);

}  // namespace kemas::ctl
