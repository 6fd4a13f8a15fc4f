#include "drivers/profile/live_fields.hpp"

namespace kemas::profile {

std::vector<std::pair<std::string, std::string>> live_fields(const ModbusProfile& profile,
                                                             Words words) {
    std::vector<std::pair<std::string, std::string>> fields;
    for (const auto& status : profile.status)
        fields.emplace_back(status.name, holds(status.at, words) ? "yes" : "no");
    for (const auto& value : profile.values) {
        const Reading reading = read_value(value, words);
        const bool united = reading.valid && !value.unit.empty();
        fields.emplace_back(value.name, united ? reading.text + " " + value.unit : reading.text);
    }
    for (const auto& counter : profile.counters)
        fields.emplace_back(counter.name, std::to_string(code_of(counter.at, words)));
    if (profile.liveness)
        fields.emplace_back("heartbeat", std::to_string(code_of(profile.liveness->at(), words)));
    return fields;
}

}  // namespace kemas::profile
