#include "drivers/profile/check_samples.hpp"

#include <algorithm>

#include "drivers/profile/decode.hpp"
#include "drivers/profile/printer_status.hpp"

namespace kemas::profile {
namespace {

std::string list(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    std::string result;
    for (const std::string& name : names) result += (result.empty() ? "" : ", ") + name;
    return result.empty() ? "ready" : result;
}

}  // namespace

std::string sample_at(const Head& head, int line, const std::string& what) {
    return head.file + ":" + std::to_string(line) + ": sample \"" + what + "\": ";
}

std::string meaning_of(const DeviceProfile& profile, const std::string& name,
                       const std::vector<std::uint16_t>& words) {
    if (const Value* value = profile.value(name)) return read_value(*value, words).text;
    if (const Counter* counter = profile.counter(name))
        return std::to_string(code_of(counter->at, words));
    if (const StatusBit* status = profile.status_bit(name))
        return holds(status->at, words) ? "yes" : "no";
    return "unknown";
}

std::vector<std::string> wrong_samples(const DeviceProfile& profile) {
    std::vector<std::string> result;
    for (const DeviceSample& sample : profile.samples)
        for (const Expected& expected : sample.means) {
            const std::string told = meaning_of(profile, expected.name, sample.words);
            if (told != expected.text)
                result.push_back(sample_at(profile, expected.line, sample.what) + expected.name +
                                 " is " + told + ", expected " + expected.text);
        }
    return result;
}

std::vector<std::string> wrong_samples(const PrinterProfile& profile) {
    std::vector<std::string> result;
    for (const PrinterSample& sample : profile.samples) {
        if (sample.query >= static_cast<int>(profile.queries.size())) continue;
        const StatusQuery& query = profile.queries[static_cast<std::size_t>(sample.query)];
        const auto states = printer_states(query, sample.reply);
        if (states && list(*states) != list(sample.states))
            result.push_back(sample_at(profile, sample.line, sample.what) + "the printer is " +
                             list(*states) + ", expected " + list(sample.states));
    }
    return result;
}

}  // namespace kemas::profile
