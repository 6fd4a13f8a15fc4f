#include "drivers/profile/loaders.hpp"
#include "drivers/profile/modbus_reader.hpp"

namespace kemas::profile {
namespace {

std::optional<StatusBit::Meaning> meaning_as_given(TableReader& reader, std::string_view) {
    return reader.choice<StatusBit::Meaning>("meaning",
                                             {{"fault", StatusBit::Meaning::fault},
                                              {"good", StatusBit::Meaning::good},
                                              {"information", StatusBit::Meaning::information}},
                                             StatusBit::Meaning::information);
}

void read_means(TableReader& reader, const DeviceProfile& profile, DeviceSample& sample) {
    const toml::table* means = reader.need_table("means");
    if (!means) return;
    if (means->empty())
        reader.wrong("means", "empty", "name = value of at least one value, counter or status");
    for (const auto& [key, node] : *means) {
        Expected expected;
        expected.name = key.str();
        expected.line = static_cast<int>(key.source().begin.line);
        if (const auto* text = node.as_string())
            expected.text = text->get();
        else if (const auto* number = node.as_integer())
            expected.text = std::to_string(number->get());
        else if (const auto* yes = node.as_boolean())
            expected.text = yes->get() ? "yes" : "no";
        else
            reader.mistakes().add(node.source(), expected.name +
                                                     " is not that, expected a text, a whole "
                                                     "number, true or false");
        if (!profile.value(expected.name) && !profile.counter(expected.name) &&
            !profile.status_bit(expected.name))
            reader.mistakes().add(key.source(), "unknown name \"" + expected.name +
                                                    "\", expected a value, counter or status of "
                                                    "this file");
        sample.means.push_back(std::move(expected));
    }
}

void read_names(TableReader& root, const DeviceProfile& profile) {
    const auto twice = [&](const std::string& name, std::string_view group) {
        root.mistakes().add(root.line_of(group, name), "\"" + name +
                                                           "\" names two things, expected "
                                                           "a name of its own");
    };
    for (const Counter& counter : profile.counters)
        if (profile.value(counter.name) || profile.status_bit(counter.name))
            twice(counter.name, "counter");
    for (const Value& value : profile.values)
        if (profile.status_bit(value.name)) twice(value.name, "value");
}

}  // namespace

DeviceProfile read_device(TableReader& root, const std::string& file, Kind kind) {
    DeviceProfile profile;
    profile.file = file;
    profile.kind = kind;
    ModbusReader modbus(root, profile);
    read_head(root, profile);
    modbus.addresses_limits_and_blocks();
    modbus.identity();
    modbus.status(meaning_as_given, "");
    modbus.liveness();
    modbus.values();
    modbus.counters();
    modbus.writes();
    modbus.commands();
    modbus.references();
    read_names(root, profile);
    for (const toml::table* table :
         need_tables(root, "sample", "at least one: words and what they mean")) {
        TableReader reader(*table, "[[sample]]", root.mistakes());
        DeviceSample sample;
        sample.line = reader.line();
        sample.what = reader.need_text("what");
        sample.words = modbus.sample_words(reader);
        read_means(reader, profile, sample);
        reader.finish();
        profile.samples.push_back(std::move(sample));
    }
    return profile;
}

}  // namespace kemas::profile
