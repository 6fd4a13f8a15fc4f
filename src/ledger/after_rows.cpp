// What happens to parcels after the bench: manifests and returns.
#include "ledger/sql_books.hpp"

namespace kemas::ledger {

ManifestId SqlBooks::next_manifest_id() const {
    auto rows = db_->query("SELECT coalesce(max(id), 0) + 1 FROM manifests");
    rows.next();
    return {rows.integer(0)};
}

std::vector<Manifest> SqlBooks::manifests_where(const char* sql, std::int64_t id) const {
    std::vector<Manifest> found;
    auto rows = db_->query(sql, id);
    while (rows.next())
        found.push_back({{rows.integer(0)},
                         rows.text(1),
                         rows.text(2),
                         {rows.integer(3)},
                         {rows.integer(4)},
                         rows.text(5),
                         rows.integer(6)});
    return found;
}

#define MANIFEST_COLUMNS \
    "SELECT id, courier, station, opened_at, closed_at, closed_by, parcels FROM manifests "

std::vector<Manifest> SqlBooks::open_manifests() const {
    return manifests_where(MANIFEST_COLUMNS "WHERE closed_at = 0 AND id > ?1 ORDER BY courier");
}

std::vector<Manifest> SqlBooks::newest_manifests() const {
    return manifests_where(MANIFEST_COLUMNS
                           "WHERE id > ?1 ORDER BY closed_at > 0, id DESC LIMIT 50");
}

std::optional<Manifest> SqlBooks::manifest(ManifestId id) const {
    const auto found = manifests_where(MANIFEST_COLUMNS "WHERE id = ?1", id.value);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

std::vector<Parcel> SqlBooks::parcels_on(ManifestId id) const {
    std::vector<Parcel> parcels;
    auto rows = db_->query(
        "SELECT id FROM parcels WHERE manifest_id = ?1 AND manifest_id > 0 "
        "ORDER BY handed_over_at, id",
        id.value);
    while (rows.next())
        if (auto row = parcel({rows.integer(0)})) parcels.push_back(std::move(*row));
    return parcels;
}

ReturnId SqlBooks::next_return_id() const {
    auto rows = db_->query("SELECT coalesce(max(id), 0) + 1 FROM returns");
    rows.next();
    return {rows.integer(0)};
}

std::optional<Return> SqlBooks::open_return(ParcelId id) const {
    auto rows = db_->query(
        "SELECT id, order_id, station, opened_at, opened_by FROM returns WHERE parcel_id = ?1 AND "
        "closed_at = 0",
        id.value);
    if (!rows.next()) return std::nullopt;
    return Return{{rows.integer(0)}, id, {rows.integer(1)}, rows.text(2),
                  {rows.integer(3)}, {}, rows.text(4),      ""};
}

std::vector<ReturnItem> SqlBooks::return_items(ReturnId id) const {
    std::vector<ReturnItem> found;
    auto rows = db_->query(
        "SELECT order_id, line_no, sku, good, damaged FROM return_items WHERE return_id = ?1",
        id.value);
    while (rows.next())
        found.push_back({{rows.integer(0)},
                         static_cast<int>(rows.integer(1)),
                         rows.text(2),
                         rows.integer(3),
                         rows.integer(4)});
    return found;
}

std::int64_t SqlBooks::returned_units(OrderId id, int line_no) const {
    auto rows = db_->query(
        "SELECT coalesce(sum(good + damaged), 0) FROM return_items WHERE order_id = ?1 AND line_no "
        "= ?2",
        id.value, line_no);
    return rows.next() ? rows.integer(0) : 0;
}

}  // namespace kemas::ledger
