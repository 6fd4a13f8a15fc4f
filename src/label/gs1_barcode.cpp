#include "label/gs1_barcode.hpp"

#include <zint.h>

#include <memory>

namespace kemas::label {

tl::expected<std::vector<bool>, std::string> gs1_128(const std::string& bracketed) {
    const std::unique_ptr<zint_symbol, void (*)(zint_symbol*)> symbol(ZBarcode_Create(),
                                                                      ZBarcode_Delete);
    if (!symbol) return tl::unexpected<std::string>("could not be encoded: out of memory");
    symbol->symbology = BARCODE_GS1_128;
    symbol->input_mode = GS1_MODE;
    // A wrong check digit is only a warning to zint; to us it is no code.
    const int status =
        ZBarcode_Encode(symbol.get(), reinterpret_cast<const unsigned char*>(bracketed.data()),
                        static_cast<int>(bracketed.size()));
    if (status != 0 || symbol->rows != 1)
        return tl::unexpected("cannot be a barcode: " + std::string(symbol->errtxt));
    std::vector<bool> modules(static_cast<std::size_t>(symbol->width));
    for (std::size_t i = 0; i < modules.size(); ++i)
        modules[i] = (symbol->encoded_data[0][i >> 3] >> (i & 7)) & 1;
    return modules;
}

}  // namespace kemas::label
