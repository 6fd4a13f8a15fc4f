#include "label/barcode.hpp"

#include <zint.h>

#include <algorithm>
#include <memory>

#include "core/barcode/check_digit.hpp"

namespace kemas::label {
namespace {

constexpr char group_separator = 0x1D;
constexpr int qr_level_m = 2;

using ZintSymbol = std::unique_ptr<zint_symbol, void (*)(zint_symbol*)>;

ZintSymbol prepared(Symbology symbology, int columns) {
    ZintSymbol symbol(ZBarcode_Create(), ZBarcode_Delete);
    if (!symbol) return symbol;
    symbol->input_mode = rules_of(symbology).gs1 ? GS1_MODE : DATA_MODE;
    switch (symbology) {
        case Symbology::code128:
            symbol->symbology = BARCODE_CODE128;
            break;
        case Symbology::code128_fnc3:
            symbol->symbology = BARCODE_CODE128;
            symbol->output_options |= READER_INIT;
            break;
        case Symbology::gs1_128:
            symbol->symbology = BARCODE_GS1_128;
            break;
        case Symbology::itf14:
            symbol->symbology = BARCODE_ITF14;
            break;
        case Symbology::qr:
            symbol->symbology = BARCODE_QRCODE;
            symbol->option_1 = qr_level_m;
            symbol->input_mode |= FAST_MODE;
            break;
        case Symbology::datamatrix:
        case Symbology::gs1_datamatrix:
            symbol->symbology = BARCODE_DATAMATRIX;
            symbol->option_3 = DM_SQUARE;
            break;
        case Symbology::pdf417:
            symbol->symbology = BARCODE_PDF417;
            symbol->option_2 = columns;
            break;
    }
    return symbol;
}

// GS1 General Specifications 7.8.5: identifiers that begin so have a length of their own and need
// no separator behind them.
bool has_own_length(std::string_view identifier) {
    const int start = (identifier[0] - '0') * 10 + (identifier[1] - '0');
    return start <= 4 || (start >= 11 && start <= 20) || (start >= 31 && start <= 36) ||
           start == 41;
}

// Empty when `text` is not made of bracketed fields.
std::string element_string(std::string_view text) {
    std::string out;
    bool needs_end = false;
    while (!text.empty()) {
        const auto close = text.find(']');
        if (text[0] != '[' || close == std::string_view::npos || close < 3 || close > 5) return {};
        const auto identifier = text.substr(1, close - 1);
        if (!barcode::all_digits(identifier)) return {};
        const auto next = text.find('[', close);
        const auto value =
            text.substr(close + 1, next == std::string_view::npos ? next : next - close - 1);
        if (value.empty()) return {};
        if (needs_end) out += group_separator;
        out.append(identifier).append(value);
        needs_end = !has_own_length(identifier);
        text.remove_prefix(next == std::string_view::npos ? text.size() : next);
    }
    return out;
}

// Why `text` cannot be an ITF-14, or empty.
std::string itf14_fault(const std::string& text) {
    if (text.size() != 14 || !barcode::all_digits(text))
        return "is not 14 digits, which an ITF-14 needs";
    const char expected = barcode::check_digit(std::string_view(text).substr(0, 13));
    if (text[13] != expected)
        return std::string("has the check digit ") + text[13] + ", expected " + expected;
    return {};
}

}  // namespace

tl::expected<Symbol, std::string> encode(Symbology symbology, const std::string& text,
                                         int columns) {
    const auto& rules = rules_of(symbology);
    if (text.empty()) return tl::unexpected<std::string>("is empty");
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; }))
        return tl::unexpected(
            std::string("holds a character that ") +
            (rules.name.starts_with("code128") ? "Code 128" : "a " + std::string(rules.name)) +
            " cannot carry");
    std::string data = text;
    Symbol out;
    out.reads_as = rules.gs1 ? element_string(text) : text;
    if (out.reads_as.empty())
        return tl::unexpected<std::string>(
            "is not made of GS1 fields such as \"[00]...\", so it cannot be encoded");
    if (symbology == Symbology::itf14) {
        if (const auto fault = itf14_fault(text); !fault.empty()) return tl::unexpected(fault);
        data.pop_back();  // the encoder adds it
    }
    const ZintSymbol symbol = prepared(symbology, columns);
    if (!symbol) return tl::unexpected<std::string>("could not be encoded: out of memory");
    const int status =
        ZBarcode_Encode(symbol.get(), reinterpret_cast<const unsigned char*>(data.data()),
                        static_cast<int>(data.size()));
    // A wrong check digit in a GS1 field is only a warning to the encoder; to us it is no code.
    if (status >= ZINT_ERROR || (rules.gs1 && status != 0) || (rules.linear && symbol->rows != 1))
        return tl::unexpected("cannot be a barcode: " + std::string(symbol->errtxt));
    out.columns = symbol->width;
    out.rows = symbol->rows;
    out.dark.reserve(static_cast<std::size_t>(out.rows * out.columns));
    for (int row = 0; row < out.rows; ++row)
        for (int column = 0; column < out.columns; ++column)
            out.dark.push_back((symbol->encoded_data[row][column >> 3] >> (column & 7)) & 1);
    return out;
}

tl::expected<std::vector<bool>, std::string> code128(const std::string& text) {
    const auto symbol = encode(Symbology::code128, text);
    if (!symbol) return tl::unexpected(symbol.error());
    return std::vector<bool>(symbol->dark.begin(), symbol->dark.end());
}

}  // namespace kemas::label
