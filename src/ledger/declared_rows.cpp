#include "ledger/declared_rows.hpp"

namespace kemas::ledger {
namespace {

constexpr std::string_view kScale = "scale ";  // as Parcel::weight_source has it

Size size_at(const Rows& row, int column) {
    return {{row.integer(column)}, {row.integer(column + 1)}, {row.integer(column + 2)}};
}

declared::SentParcel read_sent(const Rows& row) {
    declared::SentParcel parcel;
    parcel.id = {row.integer(0)};
    parcel.labelled_at = {row.integer(1)};
    parcel.channel = row.text(4);
    parcel.shop = row.text(5);
    parcel.external_id = row.text(6);
    parcel.area_code = row.text(7);
    parcel.postal_code = row.text(8);
    parcel.package_number = row.text(9);
    parcel.courier = row.text(10);
    parcel.service = row.text(11);
    parcel.tracking_number = row.text(12);
    parcel.gross = {row.integer(13)};
    parcel.on_scale = row.text(14).starts_with(kScale);
    parcel.carton = row.text(15);
    const DeclaredLoad declared{{row.integer(16)}, size_at(row, 17)};
    if (declared != DeclaredLoad{}) parcel.declared = declared;
    return parcel;
}

void read_items(Database& db, declared::SentParcel& parcel) {
    auto rows = db.query(
        "SELECT o.channel, o.shop, i.sku, i.quantity FROM parcel_items i JOIN orders o ON o.id = "
        "i.order_id WHERE i.parcel_id = ?1 AND i.quantity > 0",
        parcel.id.value);
    while (rows.next())
        parcel.items.push_back({rows.text(0), rows.text(1), rows.text(2), rows.integer(3)});
}

}  // namespace

std::optional<ListingRow> listing_of(Database& db, std::string_view channel, std::string_view shop,
                                     std::string_view sku) {
    auto rows = db.query(
        "SELECT weight, length, width, height FROM listings WHERE channel = ?1 AND shop = ?2 AND "
        "sku = ?3",
        channel, shop, sku);
    if (!rows.next()) return std::nullopt;
    return ListingRow{std::string(channel),
                      std::string(shop),
                      std::string(sku),
                      {rows.integer(0)},
                      size_at(rows, 1)};
}

SentSlice next_sent(Database& db, SentCursor& cursor, int most) {
    SentSlice slice;
    int looked_at = 0;
    {
        auto rows = db.query(
            "SELECT p.id, p.labelled_at, p.arranged, p.voided_at, o.channel, o.shop, "
            "o.external_id, o.area_code, o.postal_code, coalesce(c.package_number, "
            "o.package_number), p.courier, p.service, p.tracking_number, p.gross, "
            "p.weight_source, p.carton, c.declared_weight, c.declared_length, c.declared_width, "
            "c.declared_height FROM parcels p JOIN orders o ON o.id = p.order_id LEFT JOIN "
            "channel_packages c ON c.parcel_id = p.id WHERE p.labelled_at > 0 AND p.labelled_at "
            ">= ?1 AND p.labelled_at < ?2 AND (p.labelled_at > ?1 OR p.id > ?3) ORDER BY "
            "p.labelled_at, p.id LIMIT ?4",
            cursor.from.value, cursor.until.value, cursor.after, most);
        while (rows.next()) {
            ++looked_at;
            cursor.from = {rows.integer(1)};
            cursor.after = rows.integer(0);
            const bool by_channel = rows.integer(2) != 0, is_void = rows.integer(3) != 0;
            if (by_channel && !is_void) slice.parcels.push_back(read_sent(rows));
        }
    }
    slice.is_last = looked_at < most;
    for (auto& parcel : slice.parcels) read_items(db, parcel);
    return slice;
}

}  // namespace kemas::ledger
