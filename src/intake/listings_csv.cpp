#include "intake/listings_csv.hpp"

#include <map>
#include <tuple>

namespace kemas::intake {
namespace {

constexpr std::int64_t kMostMilligrams = 1'000'000'000;  // a tonne
constexpr std::int64_t kMostMillimetres = 10'000;

Size read_size(Table& table) {
    const auto side = [&](const char* column) {
        return Millimetres{table.integer(column, 0, kMostMillimetres, 0)};
    };
    const Size size{side("length_mm"), side("width_mm"), side("height_mm")};
    const int told = (size.length.value > 0) + (size.width.value > 0) + (size.height.value > 0);
    if (told == 1 || told == 2)
        table.fault("length_mm",
                    "and width_mm and height_mm belong together: give all three, or none");
    return size;
}

}  // namespace

Import<ListingRow> listings_from_csv(std::string_view bytes) {
    Table table(bytes, {"channel", "shop", "sku"},
                {"weight_g", "length_mm", "width_mm", "height_mm"});
    Import<ListingRow> import;
    std::map<std::tuple<std::string, std::string, std::string>, int> seen;
    while (table.next()) {
        ListingRow row;
        row.channel = table.id("channel", true);
        row.shop = table.id("shop", true);
        row.sku = table.id("sku", true);
        row.weight = Milligrams{table.thousandths("weight_g", kMostMilligrams)};
        row.size = read_size(table);
        if (table.row_is_good() && row.weight.value == 0 && row.size == Size{})
            table.fault("weight_g", "is empty or 0, and so is the size: the row says nothing");
        if (!table.row_is_good()) continue;
        const auto [first, is_new] =
            seen.try_emplace({row.channel, row.shop, row.sku}, table.line());
        if (!is_new) {
            table.fault("sku", "'" + row.sku + "' of this shop is on line " +
                                   std::to_string(first->second) + " already");
            continue;
        }
        import.rows.push_back(std::move(row));
        import.lines.push_back(table.line());
    }
    import.errors = table.take_errors();
    return import;
}

}  // namespace kemas::intake
