#include "label/gs1_barcode.hpp"

#include "label/barcode.hpp"

namespace kemas::label {

tl::expected<std::vector<bool>, std::string> gs1_128(const std::string& bracketed) {
    const auto symbol = encode(Symbology::gs1_128, bracketed);
    if (!symbol) return tl::unexpected(symbol.error());
    return std::vector<bool>(symbol->dark.begin(), symbol->dark.end());
}

}  // namespace kemas::label
