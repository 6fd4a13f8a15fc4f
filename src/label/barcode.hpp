// The barcodes that a layout may ask for, as modules. Knows neither dots nor pages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace kemas::label {

// code128_fnc3: a Code 128 that begins with FNC3. ISO/IEC 15417 4.3.4.2: its data sets the reader
// up and is not sent to the host.
enum class Symbology {
    code128,
    gs1_128,
    itf14,
    qr,
    datamatrix,
    gs1_datamatrix,
    pdf417,
    code128_fnc3
};

// What the standard of a symbology asks for; all lengths in modules.
struct SymbologyRules {
    Symbology symbology;
    std::string_view name;  // in layouts and in BarcodeBox: "gs1-128"
    bool linear;            // one row, as high as its box
    bool gs1;               // the text is "[00]...": application identifiers in brackets
    int quiet_x, quiet_y;   // blank on either side, and above and below
    int row_height;         // of a row where there are several
    int bearer;             // thickness of the bars along the top and the bottom
};

const SymbologyRules& rules_of(Symbology symbology);
std::optional<Symbology> symbology_named(std::string_view name);

constexpr int code128_quiet_modules = 10;  // ISO/IEC 15417: 10X on either side

struct Symbol {
    int columns = 0, rows = 0;
    std::vector<std::uint8_t> dark;  // rows of `columns`, 1 = dark
    std::string reads_as;            // GS1: without brackets, GS (0x1D) where a field needs an end

    bool at(int row, int column) const {
        return dark[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                    static_cast<std::size_t>(column)] != 0;
    }
};

/// The modules of `text`, without quiet zones. The error says what cannot be encoded, worded to
/// follow the text. Only printable ASCII is taken: a scanner guesses the meaning of other bytes.
///  itf14            14 digits, the last their check digit
///  gs1_*            "[01]02000000000008[21]A1", each field checked against its identifier
///  qr               error correction M
///  datamatrix       ECC 200, square
///  pdf417           in `columns` data columns (1 to 30), or as the encoder likes with 0
tl::expected<Symbol, std::string> encode(Symbology symbology, const std::string& text,
                                         int columns = 0);

/// The bars of a Code 128 symbol, true = bar.
tl::expected<std::vector<bool>, std::string> code128(const std::string& text);

}  // namespace kemas::label
