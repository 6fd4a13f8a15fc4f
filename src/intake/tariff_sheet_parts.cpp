#include "intake/tariff_sheet_parts.hpp"

#include "intake/decimal.hpp"
#include "intake/seal.hpp"
#include "intake/utf8.hpp"

namespace kemas::intake {
namespace {

std::int64_t power_of_ten(int exponent) {
    std::int64_t value = 1;
    while (exponent-- > 0) value *= 10;
    return value;
}

}  // namespace

std::optional<std::int64_t> sheet_decimal(std::string_view text, int places, int kept,
                                          std::int64_t most, std::string& why) {
    const auto number = parse_decimal(text, places);
    if (!number) {
        why = storable(number.error());
        return {};
    }
    const auto rest = power_of_ten(places - kept);
    if (*number < 0 || *number % rest != 0 || *number / rest > most) {
        why = "is '" + storable(text) + "'; must be 0 or more with at most " +
              std::to_string(kept) + " decimals";
        return {};
    }
    return *number / rest;
}

SheetImport empty_import(const SheetService& of, std::string_view bytes) {
    SheetImport out;
    out.part.version = sha256_hex(bytes);
    out.part.currency = of.currency;
    out.part.country = of.country;
    out.part.services = {of.service};
    return out;
}

rating::RateRow rate_of(const SheetService& of) {
    rating::RateRow row;
    row.courier = of.service.courier;
    row.service = of.service.code;
    return row;
}

std::string any_as_empty(std::string cell) {
    return cell == "*" ? std::string() : cell;
}

}  // namespace kemas::intake
