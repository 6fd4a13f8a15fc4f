// Lot, expiry and serial: what the scan tells of the units in hand, and whether such units may
// leave.
#include "core/floor/flows.hpp"

namespace kemas {
namespace {

std::string known_expiry(const Turn& turn, const Sku& sku, const Marks& marks) {
    if (!marks.expiry.empty() || marks.lot.empty()) return marks.expiry;
    return turn.books.expiry_of(sku.sku, marks.lot).value_or("");
}

bool refuse_expired(Turn& turn, const Sku& sku, const Marks& marks) {
    const auto expiry = known_expiry(turn, sku, marks);
    if (expiry.empty() && sku.tracked.expiry) {
        turn.refuse("expiry_needed", {{"item", name_of(turn, sku.sku)}});
        return true;
    }
    if (expiry.empty() || expiry >= iso_date(turn.today())) return false;
    turn.refuse("expired", {{"item", name_of(turn, sku.sku)}, {"expiry", expiry}});
    return true;
}

// Each unit by its own number, and no number twice.
bool refuse_serial(Turn& turn, const Sku& sku, std::int64_t quantity, const Marks& marks) {
    if (!sku.tracked.serial) return false;
    const auto item = name_of(turn, sku.sku);
    if (marks.serial.empty()) {
        turn.refuse("serial_needed", {{"item", item}});
        return true;
    }
    if (quantity != 1) {
        turn.refuse("serial_one_by_one", {{"item", item}});
        return true;
    }
    const auto before = turn.books.order_with_serial(sku.sku, marks.serial);
    if (!before) return false;
    const auto order = turn.books.order(*before);
    turn.refuse(
        "serial_twice",
        {{"item", item}, {"serial", marks.serial}, {"order", order ? number_of(*order) : "-"}});
    return true;
}

}  // namespace

Marks marks_in(const Turn& turn, const barcode::Scan& scan) {
    Marks marks;
    if (scan.gs1) {
        marks.lot = scan.gs1->lot().value_or("");
        marks.serial = scan.gs1->serial().value_or("");
        if (const auto expiry = scan.gs1->expiry())
            marks.expiry = barcode::iso_date(*expiry, turn.today().year);
    }
    if (marks.lot.empty()) marks.lot = turn.station.lot;
    return marks;
}

bool refuse_marks(Turn& turn, const Sku& sku, std::int64_t quantity, const Marks& marks) {
    return refuse_expired(turn, sku, marks) || refuse_serial(turn, sku, quantity, marks);
}

void use_lot(Turn& turn, const std::string& lot) {
    if (turn.station.stage != Stage::items) return turn.refuse("open_first");
    if (lot.empty() || lot.size() > 64) return turn.refuse("bad_lot");
    turn.station.lot = lot;
    turn.accept("lot_ok", {{"lot", lot}, {"next", next_step(turn, job_lines(turn))}});
}

}  // namespace kemas
