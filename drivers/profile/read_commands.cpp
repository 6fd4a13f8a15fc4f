#include <algorithm>
#include <initializer_list>

#include "drivers/profile/modbus_reader.hpp"

namespace kemas::profile {
namespace {

bool is_one_of(CommandKind kind, std::initializer_list<CommandKind> kinds) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// A key that the kind has not got is a mistake of its own: it would silently do nothing.
void only_for(TableReader& reader, std::string_view key, const Command& command,
              std::initializer_list<CommandKind> kinds) {
    if (!reader.has(key) || is_one_of(command.kind, kinds)) return;
    std::string expected = "nothing: only for";
    for (const CommandKind kind : kinds) expected += " " + std::string(name_of(kind));
    reader.wrong(key, "given", expected);
}

int words_of(NumberKind number) {
    return number == NumberKind::u16 || number == NumberKind::s16 ? 1 : 2;
}

}  // namespace

void ModbusReader::commands() {
    const toml::table* all = root_.table("command");
    if (!all) return;
    for (const auto& [name, node] : *all) {
        if (const toml::table* table = node.as_table())
            command(std::string(name.str()), *table);
        else
            root_.mistakes().add(node.source(), "command." + std::string(name.str()) +
                                                    " is no table, expected a table");
    }
}

void ModbusReader::command(const std::string& name, const toml::table& table) {
    TableReader reader(table, "[command." + name + "]", root_.mistakes());
    Command command;
    command.name = name;
    command.line = reader.line();
    command.kind =
        reader.choice<CommandKind>("kind", {{"value", CommandKind::value},
                                            {"value_then_zero", CommandKind::value_then_zero},
                                            {"edge_bit", CommandKind::edge_bit},
                                            {"coil_pulse", CommandKind::coil_pulse},
                                            {"handshake_bit", CommandKind::handshake_bit},
                                            {"mailbox", CommandKind::mailbox},
                                            {"mailbox_echo", CommandKind::mailbox_echo},
                                            {"counted_ack", CommandKind::counted_ack}});
    command.to = registers.target(reader);
    const bool coil = command.to.function_code == 5;
    if (coil != (command.kind == CommandKind::coil_pulse))
        reader.wrong(coil ? "coil" : "register", "given",
                     coil ? "a register for this kind" : "a coil for this kind");
    steps_of(reader, command);
    arguments(reader, command);
    proof(reader, command);
    reader.finish();
    profile_.commands.push_back(std::move(command));
}

void ModbusReader::steps_of(TableReader& reader, Command& command) {
    using enum CommandKind;
    const bool by_bit = is_one_of(command.kind, {edge_bit, handshake_bit});
    const bool by_value = !by_bit && command.kind != coil_pulse;
    if (by_value) command.values = registers.values(reader);
    for (const std::string_view key : {"value", "values"})
        only_for(reader, key, command,
                 {value, value_then_zero, mailbox, mailbox_echo, counted_ack});
    if (command.values.size() > 1 && command.to.function_code != 16)
        reader.wrong("values", "several", "function_code = 16 for more than one register");
    only_for(reader, "bit", command, {edge_bit, handshake_bit});
    if (by_bit) command.bit = static_cast<int>(reader.need_integer("bit", 0, 15));
    only_for(reader, "rest", command, {value_then_zero, edge_bit, handshake_bit, mailbox_echo});
    if (const auto rest = reader.integer("rest", 0, 0xFFFF)) {
        command.rest = static_cast<std::uint16_t>(*rest);
        command.returns_to_rest = true;
    }
    if (by_bit || command.kind == value_then_zero) command.returns_to_rest = true;
    if (by_bit && (command.rest >> command.bit & 1))
        reader.wrong("rest", "with the bit set already", "a value without it");
    only_for(reader, "hold_ms", command, {edge_bit, coil_pulse});
    command.hold_ms = static_cast<int>(reader.integer("hold_ms", 0, 5'000).value_or(0));
    only_for(reader, "trigger", command, {mailbox});
    if (const toml::table* table = reader.table("trigger")) {
        TableReader trigger(*table, reader.name() + " trigger", root_.mistakes());
        command.trigger = registers.target(trigger);
        command.trigger_value =
            static_cast<std::uint16_t>(trigger.need_integer("value", 0, 0xFFFF));
        trigger.finish();
    } else if (command.kind == mailbox) {
        reader.missing("trigger", "the register that starts the code, and its value");
    }
    command.send_within_ms =
        static_cast<int>(reader.integer("send_within_ms", 10, 10'000).value_or(500));
    command.prove_within_ms =
        static_cast<int>(reader.integer("prove_within_ms", 10, 60'000).value_or(1000));
    command.repeatable = reader.boolean("repeatable").value_or(false);
    command.moves = reader.boolean("moves").value_or(false);
}

void ModbusReader::arguments(TableReader& reader, Command& command) {
    const int last = static_cast<int>(command.values.size()) - 1;
    std::vector<std::string> owner(command.values.size());
    const auto take = [&](int word, int words, const std::string& name, int line) {
        for (int i = word; i < word + words && i <= last; ++i) {
            std::string& held = owner[static_cast<std::size_t>(i)];
            if (!held.empty())
                root_.mistakes().add(line, name + " in " + reader.name() + " fills word " +
                                               std::to_string(i) + " that " + held +
                                               " fills already, expected a word of its own");
            held = name;
        }
    };
    if (const auto word = reader.integer("sequence_word", 0, std::max(last, 0))) {
        command.sequence = static_cast<int>(*word);
        take(*command.sequence, 1, "sequence_word", reader.line());
    }
    const toml::array* list = reader.array("arguments");
    if (!list) return;
    for (const toml::node& node : *list) {
        const toml::table* table = node.as_table();
        if (!table) {
            root_.mistakes().add(node.source(),
                                 "arguments holds no table, expected { name, word } tables");
            continue;
        }
        TableReader one(*table, reader.name() + " arguments", root_.mistakes());
        Argument argument;
        argument.name = one.need_text("name");
        argument.number = one.choice<NumberKind>("number",
                                                 {{"u16", NumberKind::u16},
                                                  {"s16", NumberKind::s16},
                                                  {"u32", NumberKind::u32},
                                                  {"s32", NumberKind::s32},
                                                  {"float32", NumberKind::float32}},
                                                 NumberKind::u16);
        const int words = words_of(argument.number);
        argument.word =
            static_cast<int>(one.need_integer("word", 0, std::max(last + 1 - words, 0)));
        if (words == 2 || one.has("word_order"))
            argument.word_order = one.choice<WordOrder>(
                "word_order",
                {{"high_first", WordOrder::high_first}, {"low_first", WordOrder::low_first}});
        take(argument.word, words, "\"" + argument.name + "\"", one.line());
        one.finish();
        command.arguments.push_back(std::move(argument));
    }
}

void ModbusReader::proof(TableReader& reader, Command& command) {
    using enum CommandKind;
    command.only_if = registers.conditions(reader, "only_if");
    only_for(reader, "acknowledged", command, {handshake_bit, mailbox});
    command.acknowledged = registers.condition(reader, "acknowledged");
    if (!command.acknowledged && is_one_of(command.kind, {handshake_bit, mailbox}))
        reader.missing("acknowledged", "how the device says that it took it or has finished");
    const auto place = [&](std::string_view key) -> std::optional<Bits> {
        const toml::table* table = reader.table(key);
        if (!table) return std::nullopt;
        TableReader at(*table, reader.name() + " " + std::string(key), root_.mistakes());
        const Bits bits = registers.bits(at);
        at.finish();
        return bits;
    };
    only_for(reader, "echo", command, {mailbox_echo});
    command.echo = place("echo");
    if (command.kind == mailbox_echo && !command.echo)
        reader.missing("echo", "where the device repeats what was sent");
    only_for(reader, "count", command, {counted_ack});
    only_for(reader, "count_is", command, {counted_ack});
    command.count = place("count");
    if (command.kind == counted_ack) {
        if (!command.count) reader.missing("count", "where the device counts what it took");
        command.count_is_value = reader.choice<bool>(
            "count_is", {{"one_more", false}, {"value_sent", true}}, std::optional<bool>(false));
    }
    command.success = registers.conditions(reader, "success");
    if (const toml::table* table = reader.table("result")) {
        TableReader result(*table, reader.name() + " result", root_.mistakes());
        command.result = registers.told<std::string>(result, as_word, kMeaning, true);
        result.finish();
    }
    const bool own_proof = is_one_of(command.kind, {mailbox_echo, counted_ack});
    if (!own_proof && command.success.empty())
        reader.missing("success",
                       "what the device shows when it is done: a normal reply to the "
                       "write proves nothing");
}

}  // namespace kemas::profile
