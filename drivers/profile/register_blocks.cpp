// Where a device's registers begin to count, its limits, and the blocks that are read of it.
#include <array>

#include "drivers/profile/register_reader.hpp"

namespace kemas::profile {
namespace {

constexpr std::array kModicon{1, 10001, 40001, 30001};  // of function codes 1 to 4

int reads_as(int function_code) {
    return function_code == 5 ? 1 : function_code == 6 || function_code == 16 ? 3 : function_code;
}

}  // namespace

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

}  // namespace kemas::profile
