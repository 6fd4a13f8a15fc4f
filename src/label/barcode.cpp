#include "label/barcode.hpp"

#include <zint.h>

#include <algorithm>
#include <memory>

namespace kemas::label {

tl::expected<std::vector<bool>, std::string> code128(const std::string& text) {
    if (text.empty()) return tl::unexpected<std::string>("is empty");
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; }))
        return tl::unexpected<std::string>("holds a character that Code 128 cannot carry");
    const std::unique_ptr<zint_symbol, void (*)(zint_symbol*)> symbol(ZBarcode_Create(),
                                                                      ZBarcode_Delete);
    if (!symbol) return tl::unexpected<std::string>("could not be encoded: out of memory");
    symbol->symbology = BARCODE_CODE128;
    symbol->input_mode = DATA_MODE;
    const int status =
        ZBarcode_Encode(symbol.get(), reinterpret_cast<const unsigned char*>(text.data()),
                        static_cast<int>(text.size()));
    if (status >= ZINT_ERROR || symbol->rows != 1)
        return tl::unexpected("cannot be a barcode: " + std::string(symbol->errtxt));
    std::vector<bool> modules(static_cast<std::size_t>(symbol->width));
    for (std::size_t i = 0; i < modules.size(); ++i)
        modules[i] = (symbol->encoded_data[0][i >> 3] >> (i & 7)) & 1;
    return modules;
}

}  // namespace kemas::label
