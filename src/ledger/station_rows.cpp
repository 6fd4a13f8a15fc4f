#include "ledger/apply.hpp"

namespace kemas::ledger {

void save_station(Database& db, const Station& s) {
    db.run(
        "INSERT INTO stations VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
        "?15, ?16, "
        "?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27) ON CONFLICT DO UPDATE SET operator "
        "= ?2, stage = ?3, "
        "order_id = ?4, "
        "parcel_id = ?5, location = ?6, last_order = ?7, last_line = ?8, last_quantity = ?9, "
        "last_location = ?10, scale = ?11, settling = ?12, gross = ?13, division = ?14, raw = ?15, "
        "fault = ?16, used = ?17, taken = ?18, asked = ?19, asked_arg = ?20, last_code = ?21, "
        "last_code_at = ?22, lot = ?23, last_lot = ?24, last_mark_lot = ?25, last_mark_expiry = "
        "?26, last_mark_serial = ?27",
        s.name, s.operator_id, static_cast<int>(s.stage), s.order.value, s.parcel.value, s.location,
        s.last_pick.order.value, s.last_pick.line_no, s.last_pick.quantity, s.last_pick.location,
        s.load.scale, static_cast<std::int64_t>(s.load.settling), s.load.gross.value,
        s.load.division.value, s.load.raw, s.load.fault, static_cast<std::int64_t>(s.load.used),
        s.load.taken.value, s.asked, s.asked_arg, s.last_code, s.last_code_at.value, s.lot,
        s.last_pick.lot, s.last_pick.marks.lot, s.last_pick.marks.expiry, s.last_pick.marks.serial);
}

std::optional<Station> load_station(Database& db, const std::string& name) {
    auto row = db.query(
        "SELECT operator, stage, order_id, parcel_id, location, last_order, last_line, "
        "last_quantity, "
        "last_location, scale, settling, gross, division, raw, fault, used, taken, asked, "
        "asked_arg, last_code, "
        "last_code_at, lot, last_lot, last_mark_lot, last_mark_expiry, last_mark_serial FROM "
        "stations WHERE name = ?1",
        name);
    if (!row.next()) return std::nullopt;
    Station s;
    s.name = name;
    s.operator_id = row.text(0);
    s.stage = static_cast<Stage>(row.integer(1));
    s.order = {row.integer(2)};
    s.parcel = {row.integer(3)};
    s.location = row.text(4);
    s.last_pick = {{row.integer(5)}, static_cast<int>(row.integer(6)),
                   row.integer(7),   row.text(8),
                   row.text(22),     {row.text(23), row.text(25), row.text(24)}};
    s.load.scale = row.text(9);
    s.load.settling = static_cast<std::uint64_t>(row.integer(10));
    s.load.gross = {row.integer(11)};
    s.load.division = {row.integer(12)};
    s.load.raw = row.text(13);
    s.load.fault = row.text(14);
    s.load.used = static_cast<std::uint64_t>(row.integer(15));
    s.load.taken = {row.integer(16)};
    s.asked = row.text(17);
    s.asked_arg = row.text(18);
    s.last_code = row.text(19);
    s.last_code_at = {row.integer(20)};
    s.lot = row.text(21);
    return s;
}

}  // namespace kemas::ledger
