#include "tools/kemasctl/profile_fields.hpp"

#include <fmt/core.h>

#include "drivers/profile/decode.hpp"
#include "drivers/scale/scale_codec.hpp"
#include "tools/kemasctl/profile_device.hpp"

namespace kemas::ctl {
namespace {

using namespace kemas::profile;

std::string hex(std::uint32_t value, int bits) {
    if (bits == 1) return std::to_string(value);
    return fmt::format("0x{:0{}X}", value, (bits + 3) / 4);
}

std::string place(const ModbusProfile& profile, const Bits& at) {
    const bool bits = profile.block_of(at.field.word).is_bits();
    const int number = at.field.register_number;
    if (bits) {
        const bool coil = profile.block_of(at.field.word).function_code == 1;
        return fmt::format("{} {}", coil ? "coil" : "input", number);
    }
    const std::string name = at.field.words == 2 ? fmt::format("register {}-{}", number, number + 1)
                                                 : fmt::format("register {}", number);
    if (at.bits == 1) return fmt::format("{} bit {}", name, at.first_bit);
    if (at.bits == 16 * at.field.words) return name;
    return fmt::format("{} bits {}-{}", name, at.first_bit, at.first_bit + at.bits - 1);
}

class Rows {
 public:
    Rows(const ModbusProfile& profile, Words words) : profile_(profile), words_(words) {}

    void add(const std::string& name, const Bits& at, const std::string& means) {
        rows_.push_back({name, hex(code_of(at, words_), at.bits), means, place(profile_, at)});
    }
    void fixed(const std::string& name, const std::string& means, const std::string& where) {
        rows_.push_back({name, "-", means, where});
    }
    template <class T, class Text>
    void source(const std::string& name, const Source<T>& source, const std::optional<T>& site,
                Text text) {
        if (source.told) {
            const auto value = told(*source.told, words_);
            add(name, source.told->at, value ? text(*value) : "no meaning in the profile");
        } else if (source.constant) {
            fixed(name, text(*source.constant), "fixed by the profile");
        } else {
            fixed(name, site ? text(*site) : "unknown", site ? "given" : "the site must say");
        }
    }
    void common() {
        for (const StatusBit& status : profile_.status) {
            const bool is = holds(status.at, words_);
            const bool bad = is && status.meaning == StatusBit::Meaning::fault;
            add(status.name, status.at.at, bad ? "YES, a fault" : is ? "yes" : "no");
        }
        for (const Value& value : profile_.values) {
            const Reading reading = read_value(value, words_);
            add(value.name, value.at,
                reading.text + (reading.valid && !value.unit.empty() ? " " + value.unit : ""));
        }
        for (const Counter& counter : profile_.counters)
            add(counter.name, counter.at, std::to_string(code_of(counter.at, words_)));
        if (profile_.liveness)
            add("heartbeat", profile_.liveness->at(),
                fmt::format("must change within {} ms", profile_.liveness->max_age.value));
    }
    std::vector<Row> take() { return std::move(rows_); }

 private:
    const ModbusProfile& profile_;
    Words words_;
    std::vector<Row> rows_;
};

std::string weight_text(Milligrams mass, const ScaleProfile& profile, const SiteFacts& site,
                        Words words) {
    auto unit = site.unit;
    if (profile.unit.constant) unit = profile.unit.constant;
    if (profile.unit.told) unit = told(*profile.unit.told, words);
    const Decimal grams{mass.value, 3};
    if (unit == Unit::kg) return to_text({mass.value, 6}) + " kg";
    if (unit == Unit::t) return to_text({mass.value, 9}) + " t";
    if (!unit || *unit == Unit::g || *unit == Unit::mg) return to_text(grams) + " g";
    return to_text(grams) + " g (shown in " + std::string(name_of(*unit)) + ")";
}

// The digits of the weight register, before point and unit.
std::string digits(const Weight& weight, Words words) {
    Value value;
    value.at = {weight.field, 0, weight.field.words * 16};
    value.number = weight.number;
    const Reading reading = read_value(value, words);
    const bool negative = weight.negative && holds(*weight.negative, words);
    return (negative ? "-" : "") + reading.text + (reading.valid ? " (point and unit aside)" : "");
}

std::vector<Row> scale_rows(const ScaleProfile& profile, const SiteFacts& site, Words words) {
    Rows rows(profile, words);
    const Weight& weight = profile.weight;
    rows.add("weight", {weight.field, 0, weight.field.words * 16}, digits(weight, words));
    if (weight.negative)
        rows.add("sign", weight.negative->at,
                 holds(*weight.negative, words) ? "negative" : "positive");
    rows.source("decimals", weight.decimals, site.decimals,
                [](int decimals) { return std::to_string(decimals); });
    rows.source("unit", profile.unit, site.unit,
                [](Unit unit) { return std::string(name_of(unit)); });
    rows.source("division", profile.division, site.division,
                [](const Decimal& division) { return to_text(division); });
    rows.common();
    return rows.take();
}

}  // namespace

std::vector<Row> field_rows(const AnyProfile& profile, const SiteFacts& site,
                            const std::vector<std::uint16_t>& words) {
    if (const auto* scale = std::get_if<ScaleProfile>(&profile))
        return scale_rows(*scale, site, words);
    const ModbusProfile* device = modbus_of(profile);
    if (!device) return {};
    Rows rows(*device, words);
    rows.common();
    return rows.take();
}

std::string verdict(const AnyProfile& profile, const SiteFacts& site,
                    const std::vector<std::uint16_t>& words) {
    const auto* scale_profile = std::get_if<ScaleProfile>(&profile);
    if (!scale_profile) return {};
    const auto gap = scale::weighing_gap(*scale_profile, site);
    if (!gap.empty()) return "kemasd would not weigh: " + gap;
    const auto reading = scale::decode_scale(*scale_profile, site, words);
    if (!reading.fault.empty()) return "kemasd would not weigh: " + reading.why;
    return "kemasd would read " + weight_text(reading.gross, *scale_profile, site, words) +
           (reading.stable ? ", stable" : ", moving");
}

}  // namespace kemas::ctl
