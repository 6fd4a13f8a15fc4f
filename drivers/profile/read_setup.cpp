// The [[setup]] codes of a scanner profile.
#include <algorithm>

#include "drivers/profile/loaders.hpp"
#include "drivers/profile/modbus_reader.hpp"

namespace kemas::profile {
namespace {

constexpr std::size_t longest_data = 120;

SetupWords read_words(TableReader& reader, const toml::table& table, const std::string& key) {
    TableReader words(table, reader.name() + " " + key, reader.mistakes());
    SetupWords both{words.need_text("en"), words.need_text("id")};
    words.finish();
    return both;
}

void read_origin(TableReader& reader, SetupCode& code) {
    const toml::table* table = reader.need_table("source");
    if (!table) return;
    TableReader source(*table, reader.name() + " source", reader.mistakes());
    code.document = source.need_text("document");
    code.revision = source.need_text("revision");
    code.place = source.need_text("place");
    source.finish();
}

void check_data(TableReader& reader, const SetupCode& code) {
    std::string rest = code.data;
    if (const auto at = rest.find(bluetooth_hole); at != rest.npos)
        rest.erase(at, bluetooth_hole.size());
    const bool plain =
        std::all_of(rest.begin(), rest.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
    if (!plain || code.data.size() > longest_data)
        reader.wrong("data", "\"" + code.data + "\"",
                     "1 to " + std::to_string(longest_data) + " printable ASCII characters");
    else if (rest.find_first_of("{}") != rest.npos)
        reader.wrong("data", "\"" + code.data + "\"",
                     "no hole but " + std::string(bluetooth_hole) + ", and that once");
}

}  // namespace

void read_setup(TableReader& root, ScannerProfile& profile) {
    if (!root.has("setup")) return;
    for (const toml::table* table : need_tables(root, "setup", "one table a code")) {
        TableReader reader(*table, "[[setup]]", root.mistakes());
        SetupCode code;
        code.line = reader.line();
        code.order = static_cast<int>(reader.need_integer("order", 1, 99));
        for (const auto& other : profile.setup)
            if (other.order == code.order)
                reader.wrong("order", std::to_string(code.order),
                             "another: line " + std::to_string(other.line) + " has it");
        if (const toml::table* what = reader.need_table("what"))
            code.what = read_words(reader, *what, "what");
        if (const toml::table* when = reader.table("when"))
            code.when = read_words(reader, *when, "when");
        using Symbology = SetupCode::Symbology;
        code.symbology =
            reader.choice<Symbology>("symbology", {{"code128", Symbology::code128},
                                                   {"qr", Symbology::qr},
                                                   {"datamatrix", Symbology::datamatrix}});
        code.programming = reader.boolean("programming").value_or(false);
        if (code.programming && code.symbology != Symbology::code128)
            reader.wrong("programming", "true", "false: only a Code 128 can begin with FNC3");
        code.data = reader.need_text("data");
        if (!code.data.empty()) check_data(reader, code);
        read_origin(reader, code);
        reader.finish();
        profile.setup.push_back(std::move(code));
    }
    std::sort(profile.setup.begin(), profile.setup.end(),
              [](const SetupCode& a, const SetupCode& b) { return a.order < b.order; });
}

std::string_view name_of(SetupCode::Symbology symbology) {
    switch (symbology) {
        case SetupCode::Symbology::code128:
            return "code128";
        case SetupCode::Symbology::qr:
            return "qr";
        case SetupCode::Symbology::datamatrix:
            break;
    }
    return "datamatrix";
}

std::optional<std::string> data_of(const SetupCode& code, std::string_view bluetooth_address) {
    const auto at = code.data.find(bluetooth_hole);
    if (at == code.data.npos) return code.data;
    if (bluetooth_address.empty()) return std::nullopt;
    return std::string(code.data).replace(at, bluetooth_hole.size(), bluetooth_address);
}

std::optional<std::string> bluetooth_digits(std::string_view written) {
    std::string digits;
    for (const char c : written) {
        if (c == ':' || c == '-') continue;
        const bool small = c >= 'a' && c <= 'f';
        if (!small && !(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'F')) return std::nullopt;
        digits += small ? static_cast<char>(c - 'a' + 'A') : c;
    }
    if (digits.size() != 12) return std::nullopt;
    return digits;
}

}  // namespace kemas::profile
