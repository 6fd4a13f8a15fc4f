#include "drivers/profile/byte_text.hpp"
#include "drivers/profile/loaders.hpp"
#include "drivers/profile/meaning_of.hpp"

namespace kemas::profile {
namespace {

constexpr std::string_view kBytes =
    "ASCII text with control characters as <STX>, <CR>, <0xFF>; \"<\" is <0x3C>";

template <class T, class As>
std::optional<T> constant(TableReader& reader, std::string_view key, As as,
                          std::string_view expected) {
    const toml::node* node = reader.node(key);
    if (!node) return std::nullopt;
    std::optional<T> result = as(*node);
    if (!result) reader.wrong(key, "not that", expected);
    return result;
}

}  // namespace

std::vector<const toml::table*> need_tables(TableReader& root, std::string_view key,
                                            std::string_view expected) {
    std::vector<const toml::table*> result;
    const toml::array* list = root.array(key);
    const std::string title = "[[" + std::string(key) + "]]";
    if (!list || list->empty()) {
        if (!list && !root.has(key)) root.missing(title, expected);
        if (list) root.wrong(key, "empty", expected);
        return result;
    }
    for (const toml::node& node : *list) {
        if (const toml::table* table = node.as_table())
            result.push_back(table);
        else
            root.mistakes().add(
                node.source(), std::string(key) + " holds no table, expected " + title + " tables");
    }
    return result;
}

SiteFacts read_site_facts(TableReader& sample) {
    SiteFacts result;
    const toml::table* site = sample.table("site");
    if (!site) return result;
    TableReader facts(*site, "site", sample.mistakes());
    result.decimals = constant<int>(facts, "decimals", as_decimals, kDecimals);
    result.unit = constant<Unit>(facts, "unit", as_unit, kUnit);
    result.division = constant<Decimal>(facts, "division", as_division, kDivision);
    facts.finish();
    return result;
}

std::string read_bytes(TableReader& reader, std::string_view key) {
    const auto text = reader.text(key);
    if (!text) return {};
    const auto bytes = parse_bytes(*text);
    if (!bytes) reader.wrong(key, "\"" + *text + "\"", kBytes);
    return bytes.value_or("");
}

std::string need_bytes(TableReader& reader, std::string_view key) {
    if (!reader.has(key)) reader.missing(key, kBytes);
    std::string bytes = read_bytes(reader, key);
    if (bytes.empty() && reader.has(key)) reader.wrong(key, "empty", kBytes);
    return bytes;
}

std::vector<std::string> read_texts(TableReader& reader, std::string_view key) {
    std::vector<std::string> result;
    const toml::array* list = reader.array(key);
    if (!list) return result;
    for (const toml::node& node : *list) {
        if (const auto* text = node.as_string(); text && !text->get().empty())
            result.push_back(text->get());
        else
            reader.mistakes().add(node.source(),
                                  std::string(key) + " holds something else, expected texts");
    }
    return result;
}

std::vector<std::string> read_byte_list(TableReader& reader, std::string_view key) {
    std::vector<std::string> result;
    for (const std::string& text : read_texts(reader, key)) {
        const auto bytes = parse_bytes(text);
        if (!bytes) reader.wrong(key, "\"" + text + "\"", kBytes);
        result.push_back(bytes.value_or(""));
    }
    return result;
}

std::optional<SerialLine> read_serial_line(TableReader& root) {
    const toml::table* table = root.table("serial");
    if (!table) return std::nullopt;
    TableReader reader(*table, "[serial]", root.mistakes());
    SerialLine line;
    line.baud = static_cast<int>(reader.need_integer("baud", 300, 921'600));
    line.data_bits = static_cast<int>(reader.integer("data_bits", 7, 8).value_or(8));
    line.parity = reader.choice<SerialLine::Parity>("parity", {{"none", SerialLine::Parity::none},
                                                               {"even", SerialLine::Parity::even},
                                                               {"odd", SerialLine::Parity::odd}});
    line.stop_bits = static_cast<int>(reader.integer("stop_bits", 1, 2).value_or(1));
    line.flow = reader.choice<SerialLine::Flow>("flow",
                                                {{"none", SerialLine::Flow::none},
                                                 {"rts_cts", SerialLine::Flow::rts_cts},
                                                 {"xon_xoff", SerialLine::Flow::xon_xoff}},
                                                SerialLine::Flow::none);
    reader.finish();
    return line;
}

}  // namespace kemas::profile
