// What one model of scale says over Modbus: where the weight lies, and what makes it one. Pure
// data; knows no socket, no file and no site.
#pragma once

#include "drivers/profile/device_profile.hpp"

namespace kemas::profile {

struct Weight {
    Field field;
    NumberKind number = NumberKind::s32;
    std::optional<Condition> negative;  // sign and magnitude: the number itself is unsigned
    Source<int> decimals;
    std::vector<std::uint32_t> invalid;  // raw codes that are no weight
};

// Register words and what they must be read as.
struct Sample {
    std::string what;
    int line = 0;
    std::vector<std::uint16_t> words;
    SiteFacts site;
    Milligrams gross;
    bool stable = false;
    std::string fault;  // name of the status, empty = none
    std::optional<Milligrams> division;
};

struct ScaleProfile : ModbusProfile {
    Weight weight;
    Source<Unit> unit;
    Source<Decimal> division;  // e, in `unit`
    std::vector<Sample> samples;
};

}  // namespace kemas::profile
