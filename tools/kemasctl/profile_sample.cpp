#include "tools/kemasctl/profile_sample.hpp"

#include <fmt/core.h>

#include "drivers/profile/check_samples.hpp"
#include "drivers/scale/scale_codec.hpp"

namespace kemas::ctl {
namespace {

using namespace kemas::profile;

std::string quoted(const std::string& text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            result += ' ';
        else
            result += c;
    }
    return result + "\"";
}

std::string word_list(const std::vector<std::uint16_t>& words) {
    std::string result;
    for (const std::uint16_t word : words)
        result += fmt::format("{}0x{:04X}", result.empty() ? "" : ", ", word);
    return "words = [" + result + "]\n";
}

std::string site_text(const SiteFacts& site) {
    std::string result;
    const auto add = [&](const std::string& entry) {
        result += (result.empty() ? "" : ", ") + entry;
    };
    if (site.decimals) add(fmt::format("decimals = {}", *site.decimals));
    if (site.unit) add("unit = " + quoted(std::string(name_of(*site.unit))));
    if (site.division) add("division = " + quoted(to_text(*site.division)));
    return result.empty() ? "" : "site = { " + result + " }\n";
}

std::string scale_text(const ScaleProfile& profile, const SiteFacts& site,
                       const std::vector<std::uint16_t>& words) {
    const auto reading = scale::decode_scale(profile, site, words);
    std::string result = site_text(site);
    if (!reading.fault.empty()) return result + "fault = " + quoted(reading.fault) + "\n";
    return result + fmt::format("gross_mg = {}\nstable = {}\ndivision_mg = {}\n",
                                reading.gross.value, reading.stable, reading.division.value);
}

std::string device_text(const DeviceProfile& profile, const std::vector<std::uint16_t>& words) {
    std::string means;
    const auto add = [&](const std::string& name) {
        means += (means.empty() ? "" : ", ") + quoted(name) + " = " +
                 quoted(meaning_of(profile, name, words));
    };
    for (const Value& value : profile.values) add(value.name);
    for (const Counter& counter : profile.counters) add(counter.name);
    for (const StatusBit& status : profile.status) add(status.name);
    return "means = { " + means + " }\n";
}

}  // namespace

std::string sample_text(const AnyProfile& profile, const SiteFacts& site,
                        const std::vector<std::uint16_t>& words, const std::string& what) {
    std::string result = "\n[[sample]]\nwhat = " + quoted(what) + "\n" + word_list(words);
    if (const auto* scale = std::get_if<ScaleProfile>(&profile))
        result += scale_text(*scale, site, words);
    if (const auto* device = std::get_if<DeviceProfile>(&profile))
        result += device_text(*device, words);
    return result;
}

}  // namespace kemas::ctl
