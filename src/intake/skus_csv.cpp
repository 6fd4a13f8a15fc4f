#include "intake/skus_csv.hpp"

#include <map>

#include "intake/decimal.hpp"
#include "intake/draft_check.hpp"

namespace kemas::intake {
namespace {

constexpr std::int64_t kMostMilligrams = 1'000'000'000;  // a tonne
constexpr std::int64_t kMostMillimetres = 10'000;

std::vector<SkuBarcode> read_barcodes(Table& table, std::map<std::string, int>& seen) {
    std::vector<SkuBarcode> barcodes;
    std::string text = table.text("barcodes");
    std::string_view rest = text;
    constexpr std::string_view separators = " |\t\r\n";
    while (true) {
        const auto begin = rest.find_first_not_of(separators);
        if (begin == std::string_view::npos) return barcodes;
        rest.remove_prefix(begin);
        const std::string_view word = rest.substr(0, rest.find_first_of(separators));
        rest.remove_prefix(word.size());
        SkuBarcode barcode;
        const auto equals = word.rfind('=');
        barcode.code = word.substr(0, equals);
        if (equals != std::string_view::npos) {
            const auto units = parse_integer(word.substr(equals + 1));
            if (!units || *units < 1 || *units > kMostUnits) {
                table.fault("barcodes", "has '" + std::string(word) +
                                            "'; units of a case pack must be 1 to " +
                                            std::to_string(kMostUnits));
                continue;
            }
            barcode.quantity = *units;
        }
        if (is_spreadsheet_damage(barcode.code)) {
            table.fault("barcodes", "has '" + barcode.code +
                                        "': a spreadsheet has rewritten the number and lost "
                                        "digits; format the column as text and export again");
            continue;
        }
        if (barcode.code.empty() || barcode.code.size() > kLongestId) {
            table.fault("barcodes", "has '" + std::string(word.substr(0, 40)) +
                                        "'; a code must have 1 to " + std::to_string(kLongestId) +
                                        " characters");
            continue;
        }
        const auto [first, is_new] = seen.try_emplace(barcode.code, table.line());
        if (!is_new) {
            table.fault("barcodes", "has '" + barcode.code + "', which line " +
                                        std::to_string(first->second) + " has already");
            continue;
        }
        barcodes.push_back(std::move(barcode));
    }
}

}  // namespace

Import<SkuRow> skus_from_csv(std::string_view bytes) {
    Table table(bytes, {"sku", "name"},
                {"barcodes", "weight_g", "spread_g", "length_mm", "width_mm", "height_mm",
                 "fragile", "upright", "flat", "goods", "dangerous", "lot", "expiry", "serial"});
    Import<SkuRow> import;
    std::map<std::string, int> skus, codes;
    while (table.next()) {
        SkuRow row;
        row.sku = table.id("sku", true);
        row.name = table.text("name");
        if (row.name.size() > kLongestText) {
            table.fault("name", "is longer than " + std::to_string(kLongestText) + " bytes");
        }
        row.barcodes = read_barcodes(table, codes);
        row.weight = Milligrams{table.thousandths("weight_g", kMostMilligrams)};
        row.spread = Milligrams{table.thousandths("spread_g", kMostMilligrams)};
        row.size.length = Millimetres{table.integer("length_mm", 0, kMostMillimetres, 0)};
        row.size.width = Millimetres{table.integer("width_mm", 0, kMostMillimetres, 0)};
        row.size.height = Millimetres{table.integer("height_mm", 0, kMostMillimetres, 0)};
        row.fragile = table.flag("fragile");
        row.upright = table.flag("upright");
        row.keep_flat = table.flag("flat");
        if (row.keep_flat && row.upright)
            table.fault("flat", "and upright are both yes; an item stands or lies");
        row.goods = table.id("goods", false);
        row.dangerous = table.flag("dangerous");
        row.tracked = {table.flag("lot"), table.flag("expiry"), table.flag("serial")};
        if (!row.sku.empty()) {
            const auto [first, is_new] = skus.try_emplace(row.sku, table.line());
            if (!is_new) {
                table.fault("sku", "'" + row.sku + "' is on line " + std::to_string(first->second) +
                                       " already");
            }
        }
        if (table.row_is_good()) import.rows.push_back(std::move(row));
    }
    import.errors = table.take_errors();
    return import;
}

}  // namespace kemas::intake
