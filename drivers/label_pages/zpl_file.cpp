#include "drivers/label_pages/zpl_file.hpp"

#include <algorithm>
#include <array>

#include "drivers/label_pages/judge_codes.hpp"
#include "drivers/label_pages/zpl_graphic.hpp"
#include "drivers/printer/zpl_codec.hpp"
#include "drivers/printer/zpl_tokens.hpp"

namespace kemas::label_pages {
namespace {

using printer::ZplToken;

constexpr std::size_t kMostLabelBytes = 4U << 20;
constexpr std::array kInking{"^FD", "^FV", "^GB", "^GC", "^GD", "^GE", "^GF", "^GS", "^SN", "^XG"};

bool inks(const std::string& code) {
    return std::ranges::find(kInking, code) != kInking.end();
}

void add(std::vector<PageCode>& codes, PageCode code) {
    const bool known = std::ranges::any_of(codes, [&](const auto& each) {
        return each.text == code.text && each.format == code.format;
    });
    if (!known && !code.text.empty() && codes.size() < kMostCodes) codes.push_back(std::move(code));
}

// ^FH_: _41 is A.
std::string unescaped(std::string_view data, char mark) {
    std::string out;
    for (std::size_t i = 0; i < data.size(); ++i) {
        if (mark && data[i] == mark && i + 2 < data.size()) {
            const std::string hex(data.substr(i + 1, 2));
            if (hex.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos) {
                out += static_cast<char>(std::stoi(hex, nullptr, 16));
                i += 2;
                continue;
            }
        }
        out += data[i];
    }
    return out;
}

// ZPL II guide ^BQ: ^FD, error level, input mode, comma; in manual mode a letter for the
// characters.
std::string qr_text(const std::string& data) {
    if (data.size() < 3 || data[2] != ',') return {};
    if (data[1] != 'M') return data.substr(3);
    if (data.size() > 4 && (data[3] == 'A' || data[3] == 'N')) return data.substr(4);
    return data.size() > 8 && data[3] == 'B' ? data.substr(8) : std::string();
}

const char* format_of(const std::string& command) {
    if (command == "^BQ") return "QRCode";
    if (command == "^BX") return "DataMatrix";
    if (command == "^B3") return "Code39";
    if (command == "^B7") return "PDF417";
    return nullptr;
}

// Barcode fields but ^BC, whose code sets zpl_barcodes() knows.
void add_fields(std::vector<PageCode>& codes, const std::vector<ZplToken>& tokens) {
    const char* format = nullptr;
    char mark = 0;
    for (const auto& token : tokens) {
        if (token.code == "^FS") format = nullptr, mark = 0;
        if (token.code.starts_with("^B") && token.code != "^BY") format = format_of(token.code);
        if (token.code == "^FH") mark = token.data.empty() ? '_' : token.data.front();
        if (token.code != "^FD" || !format) continue;
        auto text = unescaped(printer::without_line_ends(token.data), mark);
        if (std::string_view(format) == "QRCode") text = qr_text(text);
        add(codes, {format, std::move(text), true, false, 0});
    }
}

}  // namespace

bool is_zpl(std::string_view bytes) {
    return bytes.substr(0, 4'096).find("^XA") != std::string_view::npos ||
           bytes.substr(0, 4'096).find("~DG") != std::string_view::npos;
}

std::vector<std::string> zpl_labels(std::string_view zpl) {
    std::vector<std::string> labels;
    std::string label, stored;
    bool inked = false, recalls = false;
    for (const auto& token : printer::zpl_tokens(zpl)) {
        if (token.code == "~DG")
            stored += token.whole;
        else
            label += token.whole;
        inked |= inks(token.code);
        recalls |= token.code == "^XG";
        if (label.size() + stored.size() > kMostLabelBytes) return labels;
        if (token.code != "^XZ" || !inked) continue;
        labels.push_back(recalls ? stored + label : label);
        if (labels.size() > static_cast<std::size_t>(kMostPages)) return labels;
        label.clear();
        inked = recalls = false;
    }
    if (inked) labels.push_back(label);  // cut off: whoever prints it says so
    return labels;
}

std::vector<PageCode> zpl_codes(std::string_view zpl) {
    std::vector<PageCode> codes;
    for (auto& text : printer::zpl_barcodes(zpl))
        add(codes, {"Code128", std::move(text), true, false, 0});
    const auto tokens = printer::zpl_tokens(zpl);
    add_fields(codes, tokens);
    for (const auto& token : tokens) {
        if (token.code != "^GF" && token.code != "~DG") continue;
        if (const auto page = graphic_of(token.code, token.data))
            for (auto& code : judge_codes(*page)) add(codes, std::move(code));
    }
    return codes;
}

}  // namespace kemas::label_pages
