// Parcels, what is in them, and the acts they need.
#include "ledger/sql_books.hpp"

namespace kemas::ledger {
namespace {

#define PARCEL_COLUMNS                                                                        \
    "SELECT p.id, p.order_id, p.no, p.station, p.carton, p.arranged, p.courier, p.service, "  \
    "p.tracking_number, p.gross, p.expected, p.tolerance, p.weight_source, p.cost, p.quote, " \
    "p.revision, p.reprints, p.label, p.hold, p.closed_at, p.weighed_at, p.labelled_at, "     \
    "p.printed_at, p.staged_at, p.handed_over_at, p.voided_at, "                              \
    "p.manifest_id, p.returned_at, p.tariff, p.promised FROM parcels p "

#define EFFECT_COLUMNS                                                                       \
    "SELECT seq, idx, kind, state, station, device, parcel_id, revision, about, "            \
    "planned_at, started_at, ended_at, detail, resolved_by, reference, counter, bytes FROM " \
    "effects "

Parcel read_parcel(const Rows& row) {
    Parcel parcel;
    parcel.id = {row.integer(0)};
    parcel.order = {row.integer(1)};
    parcel.no = static_cast<int>(row.integer(2));
    parcel.station = row.text(3);
    parcel.carton = row.text(4);
    parcel.arranged = row.integer(5) ? Arranger::channel : Arranger::us;
    parcel.courier = row.text(6);
    parcel.service = row.text(7);
    parcel.tracking_number = row.text(8);
    parcel.gross = {row.integer(9)};
    parcel.expected = {row.integer(10)};
    parcel.tolerance = {row.integer(11)};
    parcel.weight_source = row.text(12);
    if (!row.is_null(13)) parcel.cost = Money{row.integer(13)};
    parcel.quote = row.text(14);
    parcel.revision = static_cast<int>(row.integer(15));
    parcel.reprints = static_cast<int>(row.integer(16));
    parcel.label = row.text(17);
    parcel.hold = row.text(18);
    parcel.closed_at = {row.integer(19)};
    parcel.weighed_at = {row.integer(20)};
    parcel.labelled_at = {row.integer(21)};
    parcel.printed_at = {row.integer(22)};
    parcel.staged_at = {row.integer(23)};
    parcel.handed_over_at = {row.integer(24)};
    parcel.voided_at = {row.integer(25)};
    parcel.manifest = {row.integer(26)};
    parcel.returned_at = {row.integer(27)};
    parcel.tariff = row.text(28);
    if (!row.is_null(29)) parcel.promised = rating::Day{row.integer(29)};
    return parcel;
}

EffectRow read_effect(const Rows& row) {
    EffectRow effect;
    effect.id = {row.integer(0), static_cast<int>(row.integer(1))};
    effect.kind = static_cast<EffectKind>(row.integer(2));
    effect.state = static_cast<EffectState>(row.integer(3));
    effect.station = row.text(4);
    effect.device = row.text(5);
    effect.parcel = {row.integer(6)};
    effect.revision = static_cast<int>(row.integer(7));
    effect.about = row.text(8);
    effect.planned_at = {row.integer(9)};
    effect.started_at = {row.integer(10)};
    effect.ended_at = {row.integer(11)};
    effect.detail = row.text(12);
    effect.resolved_by = row.text(13);
    effect.reference = row.text(14);
    if (!row.is_null(15)) effect.counter = row.integer(15);
    effect.bytes = row.text(16);
    return effect;
}

std::vector<EffectRow> read_effects(Rows rows) {
    std::vector<EffectRow> effects;
    while (rows.next()) effects.push_back(read_effect(rows));
    return effects;
}

}  // namespace

ParcelId SqlBooks::next_parcel_id() const {
    auto rows = db_->query("SELECT coalesce(max(id), 0) + 1 FROM parcels");
    rows.next();
    return {rows.integer(0)};
}

std::optional<Parcel> SqlBooks::parcel(ParcelId id) const {
    auto rows = db_->query(PARCEL_COLUMNS "WHERE p.id = ?1", id.value);
    if (!rows.next()) return std::nullopt;
    return read_parcel(rows);
}

std::vector<Parcel> SqlBooks::parcels_of(OrderId id) const {
    std::vector<Parcel> parcels;
    auto rows = db_->query(PARCEL_COLUMNS
                           "WHERE p.order_id = ?1 OR p.id IN (SELECT parcel_id FROM parcel_items "
                           "WHERE order_id = ?1 AND quantity > 0) ORDER BY p.id",
                           id.value);
    while (rows.next()) parcels.push_back(read_parcel(rows));
    return parcels;
}

std::vector<ParcelItem> SqlBooks::items(ParcelId id) const {
    std::vector<ParcelItem> items;
    auto rows = db_->query(
        "SELECT order_id, line_no, sku, quantity FROM parcel_items WHERE parcel_id = ?1 AND "
        "quantity > 0",
        id.value);
    while (rows.next())
        items.push_back(
            {{rows.integer(0)}, static_cast<int>(rows.integer(1)), rows.text(2), rows.integer(3)});
    return items;
}

std::optional<EffectRow> SqlBooks::effect(EffectId id) const {
    auto rows = db_->query(EFFECT_COLUMNS "WHERE seq = ?1 AND idx = ?2", id.seq, id.index);
    if (!rows.next()) return std::nullopt;
    return read_effect(rows);
}

std::vector<EffectRow> SqlBooks::effects_of(ParcelId id) const {
    return read_effects(
        db_->query(EFFECT_COLUMNS "WHERE parcel_id = ?1 ORDER BY seq, idx", id.value));
}

std::vector<EffectRow> SqlBooks::effects_in(EffectState state) const {
    return read_effects(db_->query(EFFECT_COLUMNS
                                   "WHERE state = ?1 AND state IN (0, 1, 4, 6) ORDER BY seq, idx",
                                   static_cast<int>(state)));
}

}  // namespace kemas::ledger
