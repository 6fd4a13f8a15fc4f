#include "app/import_preview.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "intake/listings_csv.hpp"
#include "intake/orders_csv.hpp"
#include "intake/seal.hpp"
#include "intake/skus_csv.hpp"
#include "intake/stock_csv.hpp"
#include "intake/tariff_csv.hpp"
#include "intake/tariff_diff.hpp"
#include "intake/tracking_numbers_csv.hpp"
#include "ledger/declared_rows.hpp"

namespace kemas::app {
namespace {

constexpr std::size_t most_examples = 20;
constexpr std::array<std::string_view, 6> kinds{"listings", "orders", "skus",
                                                "stock",    "tariff", "tracking-numbers"};

std::string change(const std::string& field, std::int64_t from, std::int64_t to) {
    return field + " " + std::to_string(from) + " -> " + std::to_string(to);
}

void compare(const ledger::SqlBooks& books, const SkuRow& row, int, ImportPreview& preview) {
    const auto have = books.sku(row.sku);
    if (!have) return preview.add_fresh();
    if (have->name != row.name)
        return preview.add_changed(row.sku + ": name \"" + have->name + "\" -> \"" + row.name +
                                   "\"");
    if (have->weight != row.weight)
        return preview.add_changed(row.sku + ": " +
                                   change("weight mg", have->weight.value, row.weight.value));
    if (have->spread != row.spread)
        return preview.add_changed(row.sku + ": " +
                                   change("spread mg", have->spread.value, row.spread.value));
    const auto size = [](const Size& s) { return std::tuple(s.length, s.width, s.height); };
    if (size(have->size) != size(row.size)) return preview.add_changed(row.sku + ": size");
    if (std::tuple(have->fragile, have->upright, have->dangerous, have->tracked, have->keep_flat,
                   have->goods) !=
        std::tuple(row.fragile, row.upright, row.dangerous, row.tracked, row.keep_flat, row.goods))
        return preview.add_changed(row.sku + ": flags");
    preview.add_same();
}

void compare(const ledger::SqlBooks& books, const StockRow& row, int line, ImportPreview& preview) {
    const auto sku = books.sku(row.sku);
    if (!sku)
        preview.errors.push_back(
            {line, "sku",
             row.sku + " at " + row.location + " is not a known SKU: import the SKUs first"});
    if (sku && sku->tracked.lot && row.lot.empty() && row.quantity > 0)
        preview.errors.push_back(
            {line, "lot", row.sku + " is kept by lot: say which lot lies at " + row.location});
    const auto have = books.stock_at(row.location, row.sku, row.lot);
    if (!have) return preview.add_fresh();
    if (have->quantity == row.quantity) return preview.add_same();
    preview.add_changed(row.location + " " + row.sku + (row.lot.empty() ? "" : " lot " + row.lot) +
                        ": " + change("quantity", have->quantity, row.quantity));
}

void compare(const ledger::SqlBooks& books, const TrackingNumberRow& row, int line,
             ImportPreview& preview) {
    if (books.number_known(row.number))
        preview.errors.push_back(
            {line, "number",
             row.number + " is in the ledger already: numbers are used once for ever"});
    else
        preview.add_fresh();
}

void compare(const ledger::SqlBooks& books, const SealedOrder& order, int, ImportPreview& preview) {
    const auto& key = order.draft.key;
    const auto id = books.order_by_key(key);
    if (!id) return preview.add_fresh();
    const auto have = books.order(*id);
    if (have->content_hash == order.content_hash) return preview.add_same();
    preview.add_changed(key.channel + " " + key.external_id + ": content differs, order is " +
                        std::string(to_text(have->state)));
}

// Two rows of one file that only differ in case or place were caught by the reader; here each row
// is held against the books.
template <class Input_, class Row>
void fill(const ledger::SqlBooks& books, const std::string& file, const std::string& hash,
          std::vector<Row> rows, const std::vector<int>& lines, ImportPreview& preview) {
    preview.rows = static_cast<std::int64_t>(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        compare(books, rows[i], lines.empty() ? 0 : lines[i], preview);
    preview.input = Input_{file, hash, std::move(rows)};
}

void preview_tariff(const ledger::SqlBooks& books, const std::string& file, const std::string& hash,
                    std::string_view bytes, ImportPreview& preview) {
    auto in = intake::tariff_from_csv(bytes);
    preview.errors = std::move(in.errors);
    const auto& rows = in.tariff;
    preview.rows = static_cast<std::int64_t>(rows.services.size() + rows.rates.size() +
                                             rows.surcharges.size() + rows.zones.size() +
                                             rows.listed_areas.size() + rows.holidays.size());
    if (preview.errors.empty()) {
        const auto diff = intake::compare(books.tariff(), in.tariff, most_examples);
        preview.fresh = diff.fresh;
        preview.changed = diff.changed + diff.removed;
        preview.same = diff.same;
        preview.examples = diff.examples;
    }
    preview.input = TariffImported{file, hash, std::move(in.tariff)};
}

void preview_orders(const ledger::SqlBooks& books, const std::string& file, const std::string& hash,
                    std::string_view bytes, ImportPreview& preview) {
    auto in = intake::orders_from_csv(bytes);
    preview.errors = std::move(in.errors);
    std::vector<SealedOrder> sealed;
    for (auto& draft : in.rows) sealed.push_back(intake::seal(std::move(draft)));
    fill<OrdersImported>(books, file, hash, std::move(sealed), {}, preview);
}

std::string size_text(const Size& size) {
    if (size == Size{}) return "none";
    return std::to_string(size.length.value) + " x " + std::to_string(size.width.value) + " x " +
           std::to_string(size.height.value);
}

void preview_listings(ReadView view, const std::string& file, const std::string& hash,
                      std::string_view bytes, ImportPreview& preview) {
    auto in = intake::listings_from_csv(bytes);
    preview.errors = std::move(in.errors);
    preview.rows = static_cast<std::int64_t>(in.rows.size());
    for (std::size_t i = 0; i < in.rows.size(); ++i) {
        const auto& row = in.rows[i];
        if (!view.books.sku(row.sku))
            preview.errors.push_back(
                {in.lines[i], "sku", row.sku + " is not a known SKU: import the SKUs first"});
        const auto have = ledger::listing_of(view.db, row.channel, row.shop, row.sku);
        const auto named = row.channel + " " + row.shop + " " + row.sku + ": ";
        if (!have)
            preview.add_fresh();
        else if (have->weight != row.weight)
            preview.add_changed(named + change("weight mg", have->weight.value, row.weight.value));
        else if (have->size != row.size)
            preview.add_changed(named + "size mm " + size_text(have->size) + " -> " +
                                size_text(row.size));
        else
            preview.add_same();
    }
    preview.input = ListingsImported{file, hash, std::move(in.rows)};
}

// Each number against the rule of its courier's service.
void check_numbers(intake::Import<TrackingNumberRow>& in, const CourierPlans& couriers) {
    for (std::size_t i = 0; i < in.rows.size(); ++i) {
        const auto& row = in.rows[i];
        const auto& rule = service_plan(couriers, row.courier, row.service).rule;
        if (auto why = numbers::refusal_of(rule, row.number); !why.empty())
            in.errors.push_back({in.lines[i], "number", std::move(why)});
    }
}

}  // namespace

void ImportPreview::add_changed(std::string what) {
    ++changed;
    if (examples.size() < most_examples) examples.push_back(std::move(what));
}

bool is_import_kind(std::string_view kind) {
    return std::ranges::find(kinds, kind) != kinds.end();
}

ImportPreview preview_import(ReadView view, std::string_view kind, const std::string& file,
                             std::string_view bytes, const CourierPlans& couriers) {
    const auto& books = view.books;
    ImportPreview preview;
    const auto hash = intake::sha256_hex(bytes);
    const auto take = [&](auto in, auto tag) {
        preview.errors = std::move(in.errors);
        fill<typename decltype(tag)::type>(books, file, hash, std::move(in.rows), in.lines,
                                           preview);
    };
    if (kind == "skus")
        take(intake::skus_from_csv(bytes), std::type_identity<SkusImported>{});
    else if (kind == "stock")
        take(intake::stock_from_csv(bytes), std::type_identity<StockImported>{});
    else if (kind == "listings")
        preview_listings(view, file, hash, bytes, preview);
    else if (kind == "tracking-numbers") {
        auto in = intake::tracking_numbers_from_csv(bytes);
        check_numbers(in, couriers);
        take(std::move(in), std::type_identity<TrackingNumbersImported>{});
    } else if (kind == "tariff")
        preview_tariff(books, file, hash, bytes, preview);
    else
        preview_orders(books, file, hash, bytes, preview);
    return preview;
}

}  // namespace kemas::app
