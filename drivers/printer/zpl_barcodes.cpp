#include <algorithm>

#include "drivers/printer/zpl_codec.hpp"
#include "drivers/printer/zpl_tokens.hpp"

namespace kemas::printer {
namespace {

constexpr char group_separator = 0x1D;

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string unescaped(std::string_view data, char mark) {
    std::string out;
    for (std::size_t i = 0; i < data.size(); ++i) {
        if (data[i] == mark && i + 2 < data.size() && hex_value(data[i + 1]) >= 0 &&
            hex_value(data[i + 2]) >= 0) {
            out += static_cast<char>(hex_value(data[i + 1]) * 16 + hex_value(data[i + 2]));
            i += 2;
        } else {
            out += data[i];
        }
    }
    return out;
}

// ZPL II guide, "Code 128 invocation characters": after > come code set changes, FNC codes and the
// signs that cannot stand for themselves.
std::string resolved(std::string_view data, bool functions_only) {
    std::string out;
    for (std::size_t i = 0; i < data.size(); ++i) {
        if (data[i] != '>' || i + 1 == data.size()) {
            out += data[i];
            continue;
        }
        const char code = data[++i];
        if (code == '8') {
            if (!out.empty()) out += group_separator;  // the first FNC1 only says GS1
        } else if (functions_only) {
            out += '>';
            out += code;
        } else if (code == '0') {
            out += '>';
        } else if (code == '<') {
            out += '^';
        } else if (code == '=') {
            out += '~';
        }  // code sets, shifts, FNC2 to FNC4: nothing to read
    }
    return out;
}

// The sixth parameter of ^BC: N none, U UCC case, A automatic, D GS1 with parentheses.
char mode_of(std::string_view parameters) {
    const auto last = parameters.rfind(',');
    if (std::count(parameters.begin(), parameters.end(), ',') < 5) return 'N';
    for (const char c : parameters.substr(last + 1))
        if (c != ' ' && c != '\r' && c != '\n') return static_cast<char>(c & ~0x20);
    return 'N';
}

struct Field {
    bool is_code128 = false;
    char mode = 'N';
    char hex_mark = '\0';  // '\0': no ^FH
    std::string data;
};

std::string read_back(const Field& field) {
    std::string text = field.hex_mark ? unescaped(field.data, field.hex_mark) : field.data;
    if (field.mode == 'D') {
        std::string bare;
        for (const char c : text)
            if (c != '(' && c != ')' && c != ' ') bare += c;
        return resolved(bare, true);
    }
    return resolved(text, field.mode == 'A');
}

}  // namespace

std::vector<std::string> zpl_barcodes(std::string_view zpl) {
    std::vector<std::string> out;
    Field field;
    for (const ZplToken& token : zpl_tokens(zpl)) {
        if (token.code == "^BC") {
            field.is_code128 = true;
            field.mode = mode_of(token.data);
        } else if (token.code == "^FH") {
            const std::string mark = without_line_ends(token.data);
            field.hex_mark = mark.empty() || mark[0] == ' ' ? '_' : mark[0];
        } else if (token.code == "^FD" || token.code == "^FV") {
            field.data = without_line_ends(token.data);
        } else if (token.code == "^FS" || token.code == "^XZ") {
            const std::string text = field.is_code128 ? read_back(field) : std::string();
            if (!text.empty() && std::find(out.begin(), out.end(), text) == out.end())
                out.push_back(text);
            field = Field();
        }
    }
    return out;
}

}  // namespace kemas::printer
