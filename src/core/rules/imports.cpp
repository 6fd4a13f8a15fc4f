// Master data from files: whole or not at all. The rows were checked one by one before.
#include "core/barcode/check_digit.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

void imported(Turn& turn, const std::string& kind, const std::string& file, const std::string& hash,
              std::size_t rows) {
    turn.change(PutImport{kind, file, hash, static_cast<std::int64_t>(rows)});
    turn.accept("imported", {{"rows", std::to_string(rows)}, {"file", file}});
}

}  // namespace

void on_skus_imported(Turn& turn, const SkusImported& in) {
    for (const auto& row : in.rows) {
        turn.change(PutSku{row});
        turn.change(BindCode{row.sku, {CodeKind::sku, row.sku, 1}});
        for (const auto& barcode : row.barcodes) {
            const auto gtin = barcode::to_gtin14(barcode.code);
            turn.change(
                BindCode{gtin ? *gtin : barcode.code, {CodeKind::sku, row.sku, barcode.quantity}});
        }
    }
    imported(turn, "skus", in.file, in.content_hash, in.rows.size());
}

void on_stock_imported(Turn& turn, const StockImported& in) {
    for (const auto& row : in.rows) {
        const auto sku = turn.books.sku(row.sku);
        if (!sku)
            return turn.refuse("stock_unknown_sku", {{"sku", row.sku}, {"location", row.location}});
        if (sku->tracked.lot && row.lot.empty() && row.quantity > 0)
            return turn.refuse("stock_needs_lot", {{"sku", row.sku}, {"location", row.location}});
        if (!row.expiry.empty()) turn.change(PutLot{row.sku, row.lot, row.expiry});
        turn.change(PutLocation{row.location, row.pick_order});
        turn.change(BindCode{row.location, {CodeKind::location, row.location, 1}});
        const auto have = turn.books.stock_at(row.location, row.sku, row.lot);
        const auto delta = row.quantity - (have ? have->quantity : 0);
        if (delta > 0)
            turn.change(MoveStock{row.sku, row.lot, "", row.location, delta, "counted", {}, 0});
        if (delta < 0)
            turn.change(MoveStock{row.sku, row.lot, row.location, "", -delta, "counted", {}, 0});
    }
    imported(turn, "stock", in.file, in.content_hash, in.rows.size());
}

void on_numbers_imported(Turn& turn, const TrackingNumbersImported& in) {
    for (const auto& row : in.rows) {
        if (turn.books.number_known(row.number))
            return turn.refuse("number_known", {{"number", row.number}});
        const auto& plan = service_plan(turn.policy.couriers, row.courier, row.service);
        if (const auto why = numbers::refusal_of(plan.rule, row.number); !why.empty())
            return turn.refuse("number_wrong", {{"why", why}});
        turn.change(PutNumber{row});
    }
    imported(turn, "tracking-numbers", in.file, in.content_hash, in.rows.size());
}

void on_listings_imported(Turn& turn, const ListingsImported& in) {
    for (const auto& row : in.rows) turn.change(PutListing{row});
    imported(turn, "listings", in.file, in.content_hash, in.rows.size());
}

void on_tariff_imported(Turn& turn, const TariffImported& in) {
    turn.change(PutTariff{in.content_hash, in.tariff});
    const auto& rows = in.tariff;
    imported(turn, "tariff", in.file, in.content_hash,
             rows.services.size() + rows.rates.size() + rows.surcharges.size() + rows.zones.size() +
                 rows.listed_areas.size() + rows.holidays.size());
}

}  // namespace kemas
