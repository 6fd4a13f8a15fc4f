#include "drivers/profile/modbus_reader.hpp"

#include <algorithm>

namespace kemas::profile {

void read_head(TableReader& root, Head& head) {
    head.vendor = root.need_text("vendor");
    head.model = root.need_text("model");
    head.verified = root.choice<Verification>("verified", {{"document", Verification::document},
                                                           {"simulator", Verification::simulator},
                                                           {"hardware", Verification::hardware}});
    const toml::table* table = root.need_table("source");
    if (!table) return;
    TableReader reader(*table, "[source]", root.mistakes());
    head.document = reader.need_text("document");
    head.revision = reader.need_text("revision");
    reader.finish();
}

void ModbusReader::addresses_limits_and_blocks() {
    registers.addresses();
    registers.limits();
    registers.blocks();
}

void ModbusReader::named_tables(std::string_view key,
                                const std::function<void(const std::string&, TableReader&)>& take) {
    const toml::table* table = root_.table(key);
    if (!table) return;
    for (const auto& [name, node] : *table) {
        const std::string title = "[" + std::string(key) + "." + std::string(name.str()) + "]";
        if (!node.is_table()) {
            root_.mistakes().add(node.source(), title + " is no table, expected a table");
            continue;
        }
        TableReader reader(*node.as_table(), title, root_.mistakes());
        take(std::string(name.str()), reader);
        reader.finish();
    }
}

void ModbusReader::identity() {
    const toml::table* table = root_.table("identity");
    if (!table) return;
    TableReader reader(*table, "[identity]", root_.mistakes());
    Identity identity;
    identity.block = registers.block(reader, true);
    identity.words = registers.words(reader, "words");
    identity.text = reader.text("text").value_or("");
    if (identity.words.empty() == identity.text.empty())
        reader.missing("words or text", "exactly one of them: what the device must answer");
    if (!identity.words.empty() && static_cast<int>(identity.words.size()) != identity.block.count)
        reader.wrong("words", std::to_string(identity.words.size()) + " long",
                     std::to_string(identity.block.count) + " words, as count says");
    if (static_cast<int>(identity.text.size()) > 2 * identity.block.count)
        reader.wrong("text", std::to_string(identity.text.size()) + " characters long",
                     "two characters a register at most");
    reader.finish();
    profile_.identity = std::move(identity);
}

void ModbusReader::status(const MeaningOfStatus& meaning, std::string_view names) {
    named_tables("status", [&](const std::string& name, TableReader& reader) {
        StatusBit status;
        status.name = name;
        const auto found = meaning(reader, name);
        if (!found) {
            root_.mistakes().add(reader.line(), "unknown status \"" + name +
                                                    "\", expected one of: " + std::string(names));
            reader.forget();
            return;
        }
        status.meaning = *found;
        status.at = registers.condition(reader);
        status.at.status = name;
        registers.claim(status.at, reader.name(), reader.line());
        status.latched = reader.boolean("latched").value_or(false);
        status.cleared_by = reader.text("cleared_by").value_or("");
        if (!status.cleared_by.empty() && !status.latched)
            reader.wrong("cleared_by", "given", "latched = true beside it");
        profile_.status.push_back(std::move(status));
    });
}

void ModbusReader::liveness() {
    const toml::table* table = root_.table("liveness");
    if (!table) return;
    TableReader reader(*table, "[liveness]", root_.mistakes());
    Liveness liveness;
    Bits at;
    if (const auto bit = reader.integer("bit", 0, 31)) {
        const int words = registers.words_of(reader);
        at = {registers.field(reader, words), static_cast<int>(*bit), 1};
        if (*bit >= words * 16) reader.wrong("bit", std::to_string(*bit), "a bit of the register");
    } else {
        at = registers.bits(reader);
    }
    liveness.field = at.field;
    liveness.first_bit = at.first_bit;
    liveness.bits = at.bits;
    liveness.max_age = {reader.need_integer("max_age_ms", 10, 60'000)};
    registers.claim(at, "[liveness]", reader.line());
    reader.finish();
    profile_.liveness = liveness;
}

void ModbusReader::values() {
    named_tables("value", [&](const std::string& name, TableReader& reader) {
        Value value;
        value.name = name;
        value.unit = reader.text("unit").value_or("");
        value.number = reader.choice<NumberKind>("number",
                                                 {{"u16", NumberKind::u16},
                                                  {"s16", NumberKind::s16},
                                                  {"u32", NumberKind::u32},
                                                  {"s32", NumberKind::s32},
                                                  {"float32", NumberKind::float32}},
                                                 NumberKind::u16);
        value.at = registers.bits(reader);
        const bool wide = value.number != NumberKind::u16 && value.number != NumberKind::s16;
        if (wide != (value.at.field.words == 2))
            reader.wrong("words", std::to_string(value.at.field.words),
                         wide ? "2 for this number" : "1 for this number");
        if (value.number == NumberKind::float32 && value.at.bits != 32)
            reader.wrong("bits", std::to_string(value.at.bits), "all 32 of a float32");
        value.scale = registers.source<Decimal>(reader, "scale", as_decimal, kScale, true);
        const toml::table* table = reader.table("meanings");
        const toml::table* one_hot = reader.table("one_hot");
        if (table && one_hot) reader.wrong("one_hot", "beside meanings", "only one of the two");
        value.one_hot = one_hot != nullptr;
        if (const toml::table* rows = table ? table : one_hot)
            value.meanings = registers.codes<std::string>(*rows, as_word, kMeaning,
                                                          one_hot ? value.at.field.words * 16 : 0);
        for (const std::uint16_t code : registers.words(reader, "invalid"))
            value.invalid.push_back(code);
        registers.claim(value.at, reader.name(), reader.line());
        profile_.values.push_back(std::move(value));
    });
}

void ModbusReader::counters() {
    named_tables("counter", [&](const std::string& name, TableReader& reader) {
        Counter counter;
        counter.name = name;
        counter.at = registers.bits(reader);
        counter.reset_status = reader.text("reset_status").value_or("");
        counter.kept_over_reboot = reader.boolean("kept_over_reboot").value_or(false);
        const std::int64_t range = std::int64_t{1} << counter.at.bits;
        counter.max_step =
            static_cast<std::uint32_t>(reader.need_integer("max_step", 1, range / 2));
        registers.claim(counter.at, reader.name(), reader.line());
        profile_.counters.push_back(std::move(counter));
    });
}

Write ModbusReader::write(TableReader& reader) {
    Write write;
    write.what = reader.need_text("what");
    write.to = registers.target(reader);
    write.values = registers.values(reader);
    write.if_different = reader.boolean("if_different").value_or(false);
    if (write.to.function_code == 6 && write.values.size() != 1)
        reader.wrong("values", "several", "function_code = 16 for more than one register");
    if (write.to.function_code == 5 && (write.values.size() != 1 || write.values[0] > 1))
        reader.wrong("value", "not that", "0 or 1 for a coil");
    return write;
}

void ModbusReader::writes() {
    if (const toml::array* list = root_.array("init"))
        for (const toml::node& node : *list) {
            if (!node.is_table()) {
                root_.mistakes().add(node.source(),
                                     "init holds no table, expected [[init]] tables");
                continue;
            }
            TableReader reader(*node.as_table(), "[[init]]", root_.mistakes());
            profile_.init.push_back(write(reader));
            reader.finish();
        }
    watchdog();
}

void ModbusReader::watchdog() {
    const toml::table* table = root_.table("watchdog");
    if (!table) return;
    TableReader reader(*table, "[watchdog]", root_.mistakes());
    Watchdog watchdog;
    watchdog.what = reader.need_text("what");
    watchdog.feed = registers.target(reader);
    watchdog.pattern =
        reader.choice<Watchdog::Pattern>("pattern", {{"toggle", Watchdog::Pattern::toggle},
                                                     {"count", Watchdog::Pattern::count},
                                                     {"constant", Watchdog::Pattern::constant}});
    watchdog.value = static_cast<std::uint16_t>(reader.integer("value", 1, 0xFFFF).value_or(1));
    watchdog.period_ms = static_cast<int>(reader.need_integer("period_ms", 10, 60'000));
    watchdog.expired = registers.condition(reader, "expired");
    if (const toml::array* list = reader.array("arm"))
        for (const toml::node& node : *list) {
            if (const toml::table* one = node.as_table()) {
                TableReader arm(*one, "[[watchdog.arm]]", root_.mistakes());
                watchdog.arm.push_back(write(arm));
                arm.finish();
            } else {
                root_.mistakes().add(node.source(),
                                     "arm holds no table, expected [[watchdog.arm]] tables");
            }
        }
    reader.finish();
    profile_.watchdog = std::move(watchdog);
}

std::vector<std::uint16_t> ModbusReader::sample_words(TableReader& sample) {
    auto words = registers.words(sample, "words");
    if (static_cast<int>(words.size()) != profile_.word_count())
        sample.wrong("words", std::to_string(words.size()) + " long",
                     std::to_string(profile_.word_count()) + " words, all read blocks in order");
    return words;
}

void ModbusReader::references() {
    const auto line = [&](std::string_view group, const std::string& name) {
        return root_.line_of(group, name);
    };
    for (const StatusBit& status : profile_.status)
        if (!status.cleared_by.empty() && !profile_.command(status.cleared_by))
            root_.mistakes().add(line("status", status.name),
                                 "cleared_by in [status." + status.name + "] is \"" +
                                     status.cleared_by +
                                     "\", expected the name of a [command...] of this file");
    for (const Counter& counter : profile_.counters)
        if (!counter.reset_status.empty() && !profile_.status_bit(counter.reset_status))
            root_.mistakes().add(line("counter", counter.name),
                                 "reset_status in [counter." + counter.name + "] is \"" +
                                     counter.reset_status +
                                     "\", expected the name of a [status...] of this file");
}

}  // namespace kemas::profile
