// Places: fields, bits and conditions of what was read, targets and words of what is written.
#include "drivers/profile/register_reader.hpp"

namespace kemas::profile {

std::optional<std::uint32_t> RegisterReader::code_of_key(std::string_view text, int bits) {
    std::uint32_t code = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (bits && code >= static_cast<std::uint32_t>(bits)) return std::nullopt;
    return code;
}

// The place of a register within the words read; a mistake when no or several blocks read it.
Field RegisterReader::find(TableReader& reader, std::string_view key, int number, int words,
                           std::optional<int> function_code, bool bits) {
    Field result;
    result.register_number = number;
    result.words = words;
    int before = 0, holders = 0;
    for (const ReadBlock& block : profile_.blocks) {
        const auto at = wire(number, block.function_code);
        const bool right_kind =
            block.is_bits() == bits && (!function_code || *function_code == block.function_code);
        if (right_kind && at && *at >= block.start && *at + words <= block.end()) {
            result.word = before + (bits ? (*at - block.start) / 16 : *at - block.start);
            ++holders;
        }
        before += block.words();
    }
    if (holders != 1)
        reader.wrong(
            key,
            std::to_string(number) + (holders ? " and read by several blocks" : " and not read"),
            holders ? "function_code beside it, to say which"
                    : "a register of exactly one [[read]] block");
    return result;
}

Field RegisterReader::field(TableReader& reader, int words) {
    const int number = static_cast<int>(reader.need_integer("register", 0, 40001 + 65535));
    std::optional<int> function_code;
    if (const auto given = reader.integer("function_code", 3, 4))
        function_code = static_cast<int>(*given);
    Field result = find(reader, "register", number, words, function_code, false);
    if (words == 2 || reader.node("word_order"))
        result.word_order = reader.choice<WordOrder>(
            "word_order",
            {{"high_first", WordOrder::high_first}, {"low_first", WordOrder::low_first}});
    result.byte_order = reader.choice<ByteOrder>(
        "byte_order", {{"high_first", ByteOrder::high_first}, {"low_first", ByteOrder::low_first}},
        ByteOrder::high_first);
    return result;
}

Bits RegisterReader::single(TableReader& reader, std::string_view key, int function_code) {
    const int number = static_cast<int>(reader.need_integer(key, 0, 20'000));
    Bits result;
    result.field = find(reader, key, number, 1, function_code, true);
    result.bits = 1;
    for (const ReadBlock& block : profile_.blocks)
        if (const auto at = wire(number, function_code);
            at && block.function_code == function_code && *at >= block.start && *at < block.end())
            result.first_bit = (*at - block.start) % 16;
    return result;
}

Bits RegisterReader::bits(TableReader& reader) {
    if (reader.has("coil")) return single(reader, "coil", 1);
    if (reader.has("input")) return single(reader, "input", 2);
    Bits result;
    const int words = words_of(reader);
    result.field = field(reader, words);
    result.first_bit = static_cast<int>(reader.integer("first_bit", 0, words * 16 - 1).value_or(0));
    result.bits = static_cast<int>(reader.integer("bits", 1, words * 16 - result.first_bit)
                                       .value_or(words * 16 - result.first_bit));
    return result;
}

Condition RegisterReader::condition(TableReader& reader) {
    Condition result;
    if (reader.has("status")) {
        const std::string name = reader.need_text("status");
        const bool is = reader.boolean("is").value_or(true);
        const StatusBit* status = profile_.status_bit(name);
        if (!status) {
            reader.wrong("status", "\"" + name + "\"", "the name of a [status...] of this file");
        } else {
            result = status->at;
            result.negated = result.negated != !is;
            result.status = name;
        }
        return result;
    }
    if (reader.has("coil") || reader.has("input")) {
        result.at = bits(reader);
        result.equals = static_cast<std::uint32_t>(reader.need_integer("active_when", 0, 1));
        return result;
    }
    if (reader.has("equals") || reader.has("not_equals")) {
        result.at = bits(reader);
        result.negated = reader.has("not_equals");
        const std::int64_t highest = (std::int64_t{1} << result.at.bits) - 1;
        result.equals = static_cast<std::uint32_t>(
            reader.need_integer(result.negated ? "not_equals" : "equals", 0, highest));
        return result;
    }
    const int words = words_of(reader);
    result.at.field = field(reader, words);
    result.at.first_bit = static_cast<int>(reader.need_integer("bit", 0, words * 16 - 1));
    result.at.bits = 1;
    result.equals = static_cast<std::uint32_t>(reader.need_integer("active_when", 0, 1));
    return result;
}

std::optional<Condition> RegisterReader::condition(TableReader& parent, std::string_view key) {
    const toml::table* table = parent.table(key);
    if (!table) return std::nullopt;
    TableReader reader(*table, parent.name() + " " + std::string(key), root_.mistakes());
    const Condition result = condition(reader);
    reader.finish();
    return result;
}

std::vector<Condition> RegisterReader::conditions(TableReader& parent, std::string_view key) {
    std::vector<Condition> result;
    const toml::array* list = parent.array(key);
    if (!list) return result;
    for (const toml::node& node : *list) {
        if (const toml::table* table = node.as_table()) {
            TableReader reader(*table, parent.name() + " " + std::string(key), root_.mistakes());
            result.push_back(condition(reader));
            reader.finish();
        } else {
            root_.mistakes().add(node.source(),
                                 std::string(key) + " holds no table, expected { ... } tables");
        }
    }
    return result;
}

Target RegisterReader::target(TableReader& reader) {
    Target result;
    const bool coil = reader.has("coil");
    result.function_code =
        coil ? 5 : static_cast<int>(reader.integer("function_code", 6, 16).value_or(6));
    if (!coil && result.function_code != 6 && result.function_code != 16)
        reader.wrong("function_code", std::to_string(result.function_code),
                     "6 (one register) or 16 (registers)");
    result.register_number = static_cast<int>(reader.need_integer(
        coil ? "coil" : "register", lowest(result.function_code), highest(result.function_code)));
    result.address = result.register_number - lowest(result.function_code);
    return result;
}

std::vector<std::uint16_t> RegisterReader::words(TableReader& reader, std::string_view key) {
    std::vector<std::uint16_t> result;
    const toml::array* list = reader.array(key);
    if (!list) return result;
    for (const toml::node& word : *list) {
        const auto* number = word.as_integer();
        if (number && number->get() >= 0 && number->get() <= 0xFFFF)
            result.push_back(static_cast<std::uint16_t>(number->get()));
        else
            root_.mistakes().add(word.source(),
                                 std::string(key) + " holds something else, expected 0 to 0xFFFF");
    }
    return result;
}

std::vector<std::uint16_t> RegisterReader::values(TableReader& reader) {
    if (reader.has("values")) {
        std::vector<std::uint16_t> list = words(reader, "values");
        if (list.empty() || list.size() > 123)
            reader.wrong("values", std::to_string(list.size()) + " long", "1 to 123 words");
        return list;
    }
    return {static_cast<std::uint16_t>(reader.need_integer("value", 0, 0xFFFF))};
}

}  // namespace kemas::profile
