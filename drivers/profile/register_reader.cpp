#include "drivers/profile/register_reader.hpp"

#include <algorithm>
#include <array>

namespace kemas::profile {
namespace {

constexpr std::array kModicon{1, 10001, 40001, 30001};  // of function codes 1 to 4

int reads_as(int function_code) {
    return function_code == 5 ? 1 : function_code == 6 || function_code == 16 ? 3 : function_code;
}

}  // namespace

std::optional<std::uint32_t> RegisterReader::code_of_key(std::string_view text, int bits) {
    std::uint32_t code = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (bits && code >= static_cast<std::uint32_t>(bits)) return std::nullopt;
    return code;
}

void RegisterReader::addresses() {
    constexpr std::string_view expected =
        "0 (wire addresses), 1, 30001, 40000 or 40001 (first register of the manual), or "
        "\"modicon\" (1.. coils, 10001.. inputs, 30001.. input registers, 40001.. holding ones)";
    const toml::node* node = root_.node("address_base");
    if (!node) return root_.missing("address_base", expected);
    if (const auto* text = node->as_string(); text && text->get() == "modicon") {
        base_.reset();
        return;
    }
    const auto* number = node->as_integer();
    if (!number) return root_.wrong("address_base", "not that", expected);
    base_ = static_cast<int>(number->get());
    if (base_ != 0 && base_ != 1 && base_ != 30001 && base_ != 40000 && base_ != 40001)
        root_.wrong("address_base", std::to_string(number->get()), expected);
    coil_base_ = static_cast<int>(root_.integer("coil_base", 0, 1).value_or(base_ != 0));
}

int RegisterReader::lowest(int function_code) const {
    const int reads = reads_as(function_code);
    if (!base_) return kModicon[static_cast<std::size_t>(reads - 1)];
    return reads <= 2 ? coil_base_ : *base_;
}

int RegisterReader::highest(int function_code) const {
    return lowest(function_code) + (base_ ? 65535 : 9998);
}

std::optional<int> RegisterReader::wire(int number, int function_code) const {
    if (number < lowest(function_code) || number > highest(function_code)) return std::nullopt;
    return number - lowest(function_code);
}

void RegisterReader::limits() {
    const toml::table* table = root_.table("limits");
    if (!table) return;
    TableReader reader(*table, "[limits]", root_.mistakes());
    Limits& limits = profile_.limits;
    const auto take = [&](std::string_view key, int min, int max, int& into) {
        into = static_cast<int>(reader.integer(key, min, max).value_or(into));
    };
    take("response_timeout_ms", 10, 10'000, limits.response_timeout_ms);
    take("min_gap_ms", 0, 10'000, limits.min_gap_ms);
    take("pause_after_connect_ms", 0, 10'000, limits.pause_after_connect_ms);
    take("max_registers", 1, 125, limits.max_registers);
    take("max_bits", 1, 2000, limits.max_bits);
    take("bit_alignment", 1, 16, limits.bit_alignment);
    take("max_hole", 0, 124, limits.max_hole);
    take("busy_retries", 0, 10, limits.busy_retries);
    take("busy_wait_ms", 0, 1'000, limits.busy_wait_ms);
    if (const toml::table* rows = reader.table("exceptions"))
        for (auto& [code, text] : codes<std::string>(*rows, as_word, kMeaning, 0))
            limits.exceptions.emplace_back(static_cast<int>(code), text);
    reader.finish();
}

ReadBlock RegisterReader::block(TableReader& reader, bool identity) {
    ReadBlock block;
    const Limits& limits = profile_.limits;
    block.function_code =
        static_cast<int>(reader.need_integer("function_code", identity ? 3 : 1, 4));
    block.start = static_cast<int>(
        reader.need_integer("start", lowest(block.function_code), highest(block.function_code)));
    block.start -= lowest(block.function_code);
    block.count = static_cast<int>(
        reader.need_integer("count", 1, block.is_bits() ? limits.max_bits : limits.max_registers));
    if (block.is_bits() && block.start % limits.bit_alignment)
        reader.wrong("start", "between the steps of bit_alignment",
                     "a multiple of " + std::to_string(limits.bit_alignment) + " on the wire");
    if (block.is_bits() && block.count % limits.bit_alignment)
        reader.wrong("count", std::to_string(block.count),
                     "a multiple of " + std::to_string(limits.bit_alignment));
    if (block.end() > 65536)
        reader.wrong("count", "beyond the last address", "start + count of at most 65536");
    return block;
}

void RegisterReader::blocks() {
    const toml::array* list = root_.array("read");
    if (!list || list->empty()) {
        if (!root_.node("read")) root_.missing("[[read]]", "one table per request");
        return;
    }
    for (const toml::node& node : *list) {
        if (!node.is_table()) {
            root_.mistakes().add(node.source(), "read holds no table, expected [[read]] tables");
            continue;
        }
        TableReader reader(*node.as_table(), "[[read]]", root_.mistakes());
        ReadBlock next = block(reader, false);
        next.mergeable = reader.boolean("mergeable").value_or(false);
        next.bracket = reader.boolean("bracket").value_or(false);
        reader.finish();
        for (const ReadBlock& other : profile_.blocks)
            if (other.function_code == next.function_code && other.start < next.end() &&
                next.start < other.end())
                reader.wrong("start", "inside another [[read]] block",
                             "registers that no other block reads");
        profile_.blocks.push_back(next);
    }
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
    const int reads = reads_as(coil ? 5 : 6);
    result.register_number = static_cast<int>(
        reader.need_integer(coil ? "coil" : "register", lowest(reads), highest(reads)));
    result.address = result.register_number - lowest(reads);
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

void RegisterReader::claim(const Bits& at, std::string owner, int line) {
    Claim next;
    next.word = at.field.word;
    next.owner = std::move(owner);
    for (int i = at.first_bit; i < at.first_bit + at.bits; ++i) {
        // bit of the number -> bit of the words as they came
        const bool second =
            at.field.words == 2 && (at.field.word_order == WordOrder::high_first) == (i < 16);
        int bit = i % 16;
        if (at.field.byte_order == ByteOrder::low_first) bit ^= 8;
        next.mask |= std::uint64_t{1} << (bit + (second ? 16 : 0));
    }
    claim(std::move(next), line);
}

void RegisterReader::claim(const Condition& condition, std::string owner, int line) {
    claim(condition.at, std::move(owner), line);
    if (condition.at.bits > 1 && !claims_.empty()) claims_.back().code = condition.equals;
}

void RegisterReader::claim(Claim next, int line) {
    for (const Claim& other : claims_) {
        const int shift = 16 * (next.word - other.word);
        if (shift <= -32 || shift >= 32) continue;
        const std::uint64_t mask = shift >= 0 ? next.mask << shift : next.mask;
        const std::uint64_t against = shift >= 0 ? other.mask : other.mask << -shift;
        if (!(mask & against)) continue;
        if (other.code && mask == against) continue;  // a code field: values are told apart
        root_.mistakes().add(line, next.owner + " explains bits that " + other.owner +
                                       " explains already, expected bits of its own");
        break;
    }
    claims_.push_back(std::move(next));
}

}  // namespace kemas::profile
