// What the readers of other systems' rate tables share: exact decimals, an empty import, a rate of
// its service. Known to those readers alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "intake/tariff_sheets.hpp"

namespace kemas::intake {

constexpr int kPriceDecimals = 4;  // Magento writes 12.5000

struct Notes {  // faults of one file
    RowFaults& faults;
    void at(int line, std::string column, std::string reason) {
        faults.push_back({line, std::move(column), std::move(reason)});
    }
};

// `places` decimals are read, `kept` of them may be other than 0; nothing and `why` where it is no
// such number from 0 to `most`.
std::optional<std::int64_t> sheet_decimal(std::string_view text, int places, int kept,
                                          std::int64_t most, std::string& why);

SheetImport empty_import(const SheetService& of, std::string_view bytes);
rating::RateRow rate_of(const SheetService& of);
std::string any_as_empty(std::string cell);  // "*" = any

}  // namespace kemas::intake
