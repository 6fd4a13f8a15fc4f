#include <algorithm>
#include <array>

#include "drivers/profile/loaders.hpp"
#include "drivers/profile/modbus_reader.hpp"

namespace kemas::profile {
namespace {

struct StatusName {
    std::string_view name;
    StatusBit::Meaning meaning;
};
constexpr auto kFault = StatusBit::Meaning::fault;
constexpr auto kTold = StatusBit::Meaning::information;
constexpr std::array kStatusNames{
    StatusName{"stable", StatusBit::Meaning::good},
    StatusName{"overload", kFault},
    StatusName{"underload", kFault},
    StatusName{"error", kFault},
    StatusName{"adc_error", kFault},
    StatusName{"sensor_error", kFault},
    StatusName{"not_ready", kFault},
    StatusName{"other_unit", kFault},
    StatusName{"other_range", kFault},
    StatusName{"net_shown", kFault},
    StatusName{"net", kTold},
    StatusName{"tared", kTold},
    StatusName{"preset_tare", kTold},
    StatusName{"centre_zero", kTold},
    StatusName{"zero_range", kTold},
    StatusName{"below_zero", kTold},
    StatusName{"busy", kTold},
    StatusName{"handshake", kTold},
    StatusName{"command_ok", kTold},
    StatusName{"alarm", kTold},
    StatusName{"seal_open", kTold},
};

class ScaleReader {
 public:
    ScaleReader(TableReader& root, const std::string& file) : root_(root), modbus_(root, profile_) {
        profile_.file = file;
        profile_.kind = Kind::scale;
    }

    ScaleProfile read() {
        read_head(root_, profile_);
        modbus_.addresses_limits_and_blocks();
        modbus_.identity();
        weight();
        RegisterReader& registers = modbus_.registers;
        profile_.unit = registers.source<Unit>(root_, "unit", as_unit, kUnit, false);
        profile_.division =
            registers.source<Decimal>(root_, "division", as_division, kDivision, true);
        modbus_.status(
            [](TableReader&, std::string_view name) { return meaning_of_scale_status(name); },
            scale_status_names());
        modbus_.liveness();
        modbus_.values();
        modbus_.counters();
        modbus_.writes();
        modbus_.commands();
        modbus_.references();
        one_answer();
        for (const toml::table* table :
             need_tables(root_, "sample", "at least one: words and the value they mean"))
            sample(*table);
        return std::move(profile_);
    }

 private:
    void weight() {
        const toml::table* table = root_.need_table("weight");
        if (!table) return;
        TableReader reader(*table, "[weight]", root_.mistakes());
        RegisterReader& registers = modbus_.registers;
        Weight& weight = profile_.weight;
        weight.number = reader.choice<NumberKind>("number", {{"u16", NumberKind::u16},
                                                             {"s16", NumberKind::s16},
                                                             {"u32", NumberKind::u32},
                                                             {"s32", NumberKind::s32},
                                                             {"float32", NumberKind::float32}});
        const bool narrow = weight.number == NumberKind::u16 || weight.number == NumberKind::s16;
        const int words = narrow ? 1 : 2;
        weight.field = registers.field(reader, words);
        registers.claim(Bits{weight.field, 0, words * 16}, "[weight]", reader.line());
        weight.decimals = registers.source<int>(reader, "decimals", as_decimals, kDecimals, true);
        for (const std::uint16_t code : registers.words(reader, "invalid"))
            weight.invalid.push_back(code);
        weight.negative = registers.condition(reader, "negative");
        if (weight.negative) {
            registers.claim(*weight.negative, "weight.negative", reader.line());
            if (weight.number != NumberKind::u16 && weight.number != NumberKind::u32)
                reader.wrong("number", "signed", "u16 or u32: the sign is told by a bit");
        }
        reader.finish();
    }

    // Weight and what decides over it must come from one answer, or be read on both sides of it:
    // between two requests the load may have changed.
    void one_answer() {
        if (!root_.mistakes().empty()) return;
        const ReadBlock& home = profile_.block_of(profile_.weight.field.word);
        const auto check = [&](const Field& other, const std::string& what, int line) {
            const ReadBlock& block = profile_.block_of(other.word);
            if (&block != &home && !block.bracket)
                root_.mistakes().add(line, what +
                                               " is in another block than the weight, expected "
                                               "one block for both, or bracket = true in the "
                                               "other: a load that moves pairs two readings");
        };
        const Weight& weight = profile_.weight;
        const auto weight_line = [&](std::string_view key) { return root_.line_of("weight", key); };
        if (weight.negative)
            check(weight.negative->at.field, "weight.negative", weight_line("negative"));
        if (weight.decimals.told)
            check(weight.decimals.told->at.field, "weight.decimals", weight_line("decimals"));
        if (profile_.unit.told)
            check(profile_.unit.told->at.field, "unit", root_.line_of("unit", ""));
        if (profile_.division.told)
            check(profile_.division.told->at.field, "division", root_.line_of("division", ""));
        for (const StatusBit& status : profile_.status)
            if (status.meaning != StatusBit::Meaning::information)
                check(status.at.at.field, "[status." + status.name + "]",
                      root_.line_of("status", status.name));
    }

    void sample(const toml::table& table) {
        TableReader reader(table, "[[sample]]", root_.mistakes());
        Sample sample;
        sample.line = reader.line();
        sample.what = reader.need_text("what");
        sample.words = modbus_.sample_words(reader);
        sample.gross = {
            reader.integer("gross_mg", -1'000'000'000'000, 1'000'000'000'000).value_or(0)};
        sample.stable = reader.boolean("stable").value_or(false);
        sample.fault = reader.text("fault").value_or("");
        if (sample.fault.empty() && !table.contains("gross_mg"))
            reader.missing("gross_mg", "the weight that the words mean, or a fault");
        if (auto division = reader.integer("division_mg", 1, 1'000'000'000'000))
            sample.division = Milligrams{*division};
        sample.site = read_site_facts(reader);
        reader.finish();
        profile_.samples.push_back(std::move(sample));
    }

    TableReader& root_;
    ScaleProfile profile_;
    ModbusReader modbus_;
};

}  // namespace

std::optional<StatusBit::Meaning> meaning_of_scale_status(std::string_view name) {
    for (const StatusName& known : kStatusNames)
        if (known.name == name) return known.meaning;
    return std::nullopt;
}

std::string scale_status_names() {
    std::string result;
    for (const StatusName& known : kStatusNames)
        result += (result.empty() ? "" : ", ") + std::string(known.name);
    return result;
}

ScaleProfile read_scale(TableReader& root, const std::string& file) {
    return ScaleReader(root, file).read();
}

}  // namespace kemas::profile
