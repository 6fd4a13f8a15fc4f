#include "ledger/apply.hpp"

#include "ledger/label_rows.hpp"
#include "ledger/package_rows.hpp"
#include "ledger/tariff_store.hpp"

namespace kemas::ledger {
namespace {

class Applier {
 public:
    Applier(Database& db, Seq seq, Instant at) : db_(db), seq_(seq), at_(at) {}
    bool tariff_changed = false;

    void operator()(const PutOrder& c);
    void operator()(const SetOrderState& c) {
        db_.run(
            "UPDATE orders SET state = ?2, state_at = ?3, state_by = ?4, reason = ?5 WHERE id = ?1",
            c.order.value, to_text(c.to), at_.value, c.by, c.reason);
    }
    void operator()(const SetLine& c) {
        db_.run(
            "UPDATE order_lines SET picked = ?3, packed = ?4, short = ?5 WHERE order_id = ?1 AND "
            "no = ?2",
            c.order.value, c.line.no, c.line.picked, c.line.packed, c.line.short_);
    }
    void operator()(const Reserve& c);
    void operator()(const MoveStock& c);
    void operator()(const PutParcel& c);
    void operator()(const PackItem& c) {
        db_.run(
            "INSERT INTO parcel_items VALUES (?1, ?2, ?3, ?4, max(?5, 0)) ON CONFLICT DO UPDATE "
            "SET quantity = quantity + ?5",
            c.parcel.value, c.order.value, c.line_no, c.sku, c.delta);
    }
    void operator()(const SetNumber& c) {
        db_.run("UPDATE tracking_numbers SET state = ?2, parcel_id = ?3 WHERE number = ?1",
                c.number, static_cast<int>(c.state), c.parcel.value);
    }
    void operator()(const PutNumber& c) {
        db_.run("INSERT INTO tracking_numbers SELECT ?1, ?2, ?3, 0, 0, ?4 * 1000000 + ?5",
                c.row.number, c.row.courier, c.row.service, seq_, number_place_++);
    }
    void operator()(const PutAsk& c);
    void operator()(const PutPackage& c) { put_package(db_, c.package); }
    void operator()(const UseSerial& c) {
        db_.run("INSERT INTO serials VALUES (?1, ?2 + 1) ON CONFLICT DO UPDATE SET next = ?2 + 1",
                c.prefix, c.serial);
    }
    void operator()(const BindCode& c) {
        db_.run("INSERT INTO codes VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET quantity = ?4",
                c.code, static_cast<int>(c.meaning.kind), c.meaning.ref, c.meaning.quantity);
    }
    void operator()(const UnbindCode& c) {
        db_.run("DELETE FROM codes WHERE code = ?1 AND kind = ?2 AND ref = ?3", c.code,
                static_cast<int>(c.kind), c.ref);
    }
    void operator()(const BindTote& c) {
        db_.run("INSERT INTO totes VALUES (?1, ?2) ON CONFLICT DO UPDATE SET order_id = ?2", c.tote,
                c.order.value);
        (*this)(BindCode{c.tote, {CodeKind::tote, c.tote, 1}});
    }
    void operator()(const PutPerson& c) {
        db_.run(
            "INSERT INTO people VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING",
            c.hash, c.salt, c.person.name, c.person.phone, c.person.address, c.person.district,
            c.person.city, c.person.province, c.person.postal_code);
    }
    void operator()(const PutBlob& c) {
        db_.run("INSERT INTO blobs VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", c.hash, c.kind,
                Blob{c.bytes});
    }
    void operator()(const PutSku& c) {
        db_.run(
            "INSERT OR REPLACE INTO skus VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
            "?12, "
            "?13, ?14, ?15)",
            c.row.sku, c.row.name, c.row.weight.value, c.row.spread.value, c.row.size.length.value,
            c.row.size.width.value, c.row.size.height.value, c.row.fragile, c.row.upright,
            c.row.dangerous, c.row.tracked.lot, c.row.tracked.expiry, c.row.tracked.serial,
            c.row.keep_flat, c.row.goods);
    }
    void operator()(const MarkItem& c) {
        db_.run(
            "INSERT INTO line_marks VALUES (?1, ?2, ?3, ?4, ?5, ?6, max(?7, 0)) ON CONFLICT DO "
            "UPDATE SET quantity = quantity + ?7",
            c.order.value, c.line_no, c.sku, c.marks.lot, c.marks.expiry, c.marks.serial, c.delta);
    }
    void operator()(const PutLot& c) {
        db_.run("INSERT INTO lots VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET expiry = ?3", c.sku,
                c.lot, c.expiry);
    }
    void operator()(const PutManifest& c) {
        const auto& m = c.manifest;
        db_.run(
            "INSERT INTO manifests VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE "
            "SET closed_at = ?5, closed_by = ?6, parcels = ?7",
            m.id.value, m.courier, m.station, m.opened_at.value, m.closed_at.value, m.closed_by,
            m.parcels);
    }
    void operator()(const PutReturn& c) {
        const auto& r = c.row;
        db_.run(
            "INSERT INTO returns VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO "
            "UPDATE SET closed_at = ?7, closed_by = ?8",
            r.id.value, r.parcel.value, r.order.value, r.station, r.opened_at.value, r.opened_by,
            r.closed_at.value, r.closed_by);
    }
    void operator()(const SetReturnItem& c) {
        db_.run(
            "INSERT INTO return_items VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET "
            "good = ?5, damaged = ?6",
            c.id.value, c.item.order.value, c.item.line_no, c.item.sku, c.item.good,
            c.item.damaged);
    }
    void operator()(const PutLabelFile& c) { put_label_file(db_, c.file); }
    void operator()(const PutLabelPage& c) { put_label_page(db_, c.page); }
    void operator()(const PutLabelRun& c) { put_label_run(db_, c.run); }
    void operator()(const PutRunLabel& c) { put_run_label(db_, c); }
    void operator()(const PutDevice& c) {
        db_.run(
            "INSERT INTO devices VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET kind = "
            "?2, since = CASE WHEN up = ?3 THEN since ELSE ?6 END, up = ?3, state = ?4, error = ?5",
            c.device.name, c.device.kind, c.device.up, c.device.state, c.device.error, at_.value);
    }
    void operator()(const PutLine& c) {
        db_.run(
            "INSERT INTO conveyor_lines VALUES (?1, ?2) ON CONFLICT DO UPDATE SET last_number = "
            "max(last_number, ?2)",
            c.line, c.last_number);
    }
    void operator()(const SetLane& c) {
        db_.run("DELETE FROM shut_lanes WHERE line = ?1 AND lane = ?2", c.line, c.lane);
        if (!c.open)
            db_.run("INSERT INTO shut_lanes VALUES (?1, ?2, ?3, ?4, ?5)", c.line, c.lane, c.by,
                    c.reason, at_.value);
    }
    void operator()(const PutLocation& c) {
        db_.run("INSERT INTO locations VALUES (?1, ?2) ON CONFLICT DO UPDATE SET pick_order = ?2",
                c.location, c.pick_order);
    }
    void operator()(const PutTariff& c) {
        store_tariff(db_, c.version, c.tariff);
        tariff_changed = true;
    }
    void operator()(const PutListing& c) {
        const auto& r = c.row;
        db_.run("INSERT OR REPLACE INTO listings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                r.channel, r.shop, r.sku, r.weight.value, r.size.length.value, r.size.width.value,
                r.size.height.value, at_.value);
    }
    void operator()(const CountEnds& c) {
        const auto& n = c.counts;
        db_.run(
            "INSERT INTO parcel_ends VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO UPDATE "
            "SET sent = sent + ?5, on_time = on_time + ?6, returned = returned + ?7, lost = lost + "
            "?8",
            c.day.value, n.courier, n.service, n.area_prefix, n.sent, n.on_time, n.returned,
            n.lost);
    }
    void operator()(const PutImport& c) {
        db_.run("INSERT INTO imports VALUES (?1, ?2, ?3, ?4, ?5, ?6)", seq_, c.kind, c.file,
                c.content_hash, c.rows, at_.value);
    }
    void operator()(const SetEffect& c);
    void operator()(const PutWeighing& c) {
        db_.run("INSERT INTO weighings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                seq_, at_.value, c.parcel.value, c.source, c.raw, c.verdict, c.by, c.reason,
                c.gross.value, c.expected.value, c.tolerance.value, c.division.value);
    }

 private:
    void add_stock(const MoveStock& c, const std::string& location, std::int64_t delta);

    Database& db_;
    Seq seq_;
    Instant at_;
    int move_ = 0;
    int number_place_ = 0;
};

void Applier::operator()(const PutOrder& c) {
    const auto& o = c.order;
    db_.run(
        "INSERT INTO orders VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, NULL, ?11, ?12, ?13, "
        "?14, ?15, "
        "?16, ?17, ?18, ?19, ?20, ?21, ?22) ON CONFLICT (id) DO UPDATE SET owner = ?5, "
        "combine_group = ?6, "
        "cod = NULL, value = ?11, area_code = ?12, postal_code = ?13, courier = ?14, service = "
        "?15, "
        "note = ?16, ship_by = ?17, arranged = ?19, package_number = ?20, content_hash = ?21, "
        "person = ?22",
        o.id.value, o.key.channel, o.key.shop, o.key.external_id, o.owner, o.combine_group,
        to_text(o.state), o.state_at.value, o.state_by, o.reason, o.value.value, o.area_code,
        o.postal_code, o.courier, o.service, o.note, o.ship_by.value, o.received_at.value,
        o.arranged == Arranger::channel, o.package_number, o.content_hash, o.person);
    if (o.cod) db_.run("UPDATE orders SET cod = ?2 WHERE id = ?1", o.id.value, o.cod->value);
    if (c.lines.empty()) return;
    db_.run("DELETE FROM order_lines WHERE order_id = ?1", o.id.value);
    for (const auto& line : c.lines)
        db_.run("INSERT INTO order_lines VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", o.id.value, line.no,
                line.sku, line.ordered, line.picked, line.packed, line.short_);
}

void Applier::operator()(const Reserve& c) {
    db_.run(
        "INSERT INTO reservations VALUES (?1, ?2, ?3, ?4, max(?5, 0)) ON CONFLICT DO UPDATE "
        "SET quantity = quantity + ?5",
        c.order.value, c.line_no, c.location, c.lot, c.delta);
    db_.run(
        "INSERT INTO stock (sku, location, lot, reserved) VALUES (?1, ?2, ?3, max(?4, 0)) ON "
        "CONFLICT DO UPDATE SET reserved = reserved + ?4",
        c.sku, c.location, c.lot, c.delta);
}

void Applier::operator()(const MoveStock& c) {
    db_.run("INSERT INTO stock_moves VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)", seq_,
            move_++, c.sku, c.from, c.to, c.quantity, c.reason, c.order.value, c.line_no, c.lot);
    if (!c.from.empty()) add_stock(c, c.from, -c.quantity);
    if (!c.to.empty()) add_stock(c, c.to, c.quantity);
}

void Applier::add_stock(const MoveStock& c, const std::string& location, std::int64_t delta) {
    db_.run(
        "INSERT INTO stock (sku, location, lot, quantity) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO "
        "UPDATE SET quantity = quantity + ?4",
        c.sku, location, c.lot, delta);
}

void Applier::operator()(const PutParcel& c) {
    const auto& p = c.parcel;
    db_.run(
        "INSERT INTO parcels VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
        "nullif(?14, -1), "
        "?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, "
        "CASE WHEN ?30 THEN ?31 END) ON CONFLICT (id) DO "
        "UPDATE "
        "SET "
        "station = ?4, carton = ?5, courier = ?7, service = ?8, tracking_number = ?9, gross = ?10, "
        "expected = ?11, tolerance = ?12, weight_source = ?13, cost = nullif(?14, -1), quote = "
        "?15, "
        "revision = ?16, reprints = ?17, label = ?18, hold = ?19, closed_at = ?20, weighed_at = "
        "?21, "
        "labelled_at = ?22, printed_at = ?23, staged_at = ?24, handed_over_at = ?25, voided_at = "
        "?26, manifest_id = ?27, returned_at = ?28, tariff = ?29, promised = CASE WHEN ?30 THEN "
        "?31 END",
        p.id.value, p.order.value, p.no, p.station, p.carton, p.arranged == Arranger::channel,
        p.courier, p.service, p.tracking_number, p.gross.value, p.expected.value, p.tolerance.value,
        p.weight_source, p.cost ? p.cost->value : std::int64_t{-1}, p.quote, p.revision, p.reprints,
        p.label, p.hold, p.closed_at.value, p.weighed_at.value, p.labelled_at.value,
        p.printed_at.value, p.staged_at.value, p.handed_over_at.value, p.voided_at.value,
        p.manifest.value, p.returned_at.value, p.tariff, p.promised.has_value(),
        p.promised ? p.promised->value : 0);
}

void Applier::operator()(const PutAsk& c) {
    const auto& a = c.ask;
    const auto money = [](const std::optional<Money>& m) {
        return m ? m->value : std::int64_t{-1};
    };
    db_.run(
        "INSERT INTO number_asks VALUES (?1, ?2, ?3, ?4, ?5, ?6, nullif(?7, -1), ?8, ?9, "
        "nullif(?10, -1), ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21) ON CONFLICT DO "
        "UPDATE SET courier = ?3, "
        "service = ?4, weight = ?5, postal_code = ?6, cod = nullif(?7, -1), state = ?8, number = "
        "?9, cost = nullif(?10, -1), asked_at = ?12, given_at = ?13, void_until = ?14, voided_at = "
        "?15, detail = ?16, checks = ?17, trouble = ?18, tracked = ?19, tracked_at = ?20, "
        "tracked_place = ?21",
        a.reference, a.parcel.value, a.courier, a.service, a.weight.value, a.postal_code,
        money(a.cod), static_cast<int>(a.state), a.number, money(a.cost), a.opened_at.value,
        a.asked_at.value, a.given_at.value, a.void_until.value, a.voided_at.value, a.detail,
        a.checks, a.trouble, static_cast<int>(a.tracked), a.tracked_at.value, a.tracked_place);
}

void Applier::operator()(const SetEffect& c) {
    const bool started = c.state == EffectState::started;
    db_.run(
        "UPDATE effects SET state = ?3, started_at = CASE WHEN ?4 THEN ?5 ELSE started_at END, "
        "ended_at = CASE WHEN ?4 THEN 0 ELSE ?5 END, detail = ?6, resolved_by = ?7, "
        "counter = CASE WHEN ?8 THEN ?9 ELSE counter END WHERE seq = ?1 AND idx = ?2",
        c.effect.seq, c.effect.index, static_cast<int>(c.state), started, at_.value, c.detail, c.by,
        c.counter.has_value(), c.counter.value_or(0));
}

}  // namespace

bool apply_changes(Database& db, const Decision& decision, Seq seq, Instant at) {
    Applier applier(db, seq, at);
    for (const auto& change : decision.changes) std::visit(applier, change);
    return applier.tariff_changed;
}

void save_effects(Database& db, const Decision& decision, Seq seq, Instant at) {
    int index = 0;
    for (const auto& effect : decision.effects)
        db.run(
            "INSERT INTO effects VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7, ?8, ?9, 0, 0, '', '', "
            "?10, NULL, ?11)",
            seq, index++, static_cast<int>(effect.kind), effect.station, effect.device,
            effect.parcel.value, effect.revision, effect.about, at.value, effect.reference,
            effect.bytes);
}

}  // namespace kemas::ledger
