#include "ledger/label_rows.hpp"

#include "ledger/sql_books.hpp"

namespace kemas::ledger {
namespace {

#define FILE_COLUMNS \
    "SELECT id, hash, name, source, by, arrived_at, read_at, pages, fault FROM label_files "
#define PAGE_COLUMNS                                                                         \
    "SELECT id, file_id, member, page, member_name, kind, fault, state, parcel_id, reason, " \
    "arrived_at, settled_at, settled_by FROM label_pages "
#define RUN_COLUMNS                                                                         \
    "SELECT id, station, device, by, labels, asked_at, broken, broken_at, settled_at FROM " \
    "label_runs "

std::optional<LabelFile> read_file(Rows rows) {
    if (!rows.next()) return std::nullopt;
    LabelFile file;
    file.id = {rows.integer(0)};
    file.hash = rows.text(1);
    file.name = rows.text(2);
    file.source = rows.text(3);
    file.by = rows.text(4);
    file.arrived_at = {rows.integer(5)};
    file.read_at = {rows.integer(6)};
    file.pages = static_cast<int>(rows.integer(7));
    file.fault = rows.text(8);
    return file;
}

LabelPage read_page(const Rows& rows) {
    LabelPage page;
    page.id = {rows.integer(0)};
    page.file = {rows.integer(1)};
    page.member = static_cast<int>(rows.integer(2));
    page.page = static_cast<int>(rows.integer(3));
    page.member_name = rows.text(4);
    page.kind = rows.text(5);
    page.fault = rows.text(6);
    page.state = static_cast<PageState>(rows.integer(7));
    page.parcel = {rows.integer(8)};
    page.reason = rows.text(9);
    page.arrived_at = {rows.integer(10)};
    page.settled_at = {rows.integer(11)};
    page.settled_by = rows.text(12);
    return page;
}

void read_codes(Database& db, LabelPage& page) {
    auto rows = db.query(
        "SELECT format, code, survives, lost, module_tenths FROM label_page_codes WHERE page_id = "
        "?1 ORDER BY idx",
        page.id.value);
    while (rows.next())
        page.codes.push_back({rows.text(0), rows.text(1), rows.integer(2) != 0,
                              rows.integer(3) != 0, static_cast<int>(rows.integer(4))});
}

std::vector<LabelPage> read_pages(Database& db, Rows rows) {
    std::vector<LabelPage> pages;
    while (rows.next()) pages.push_back(read_page(rows));
    for (auto& page : pages) read_codes(db, page);
    return pages;
}

template <class Row>
std::optional<Row> only(std::vector<Row> rows) {
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

std::vector<LabelRun> read_runs(Rows rows) {
    std::vector<LabelRun> runs;
    while (rows.next())
        runs.push_back({{rows.integer(0)},
                        rows.text(1),
                        rows.text(2),
                        rows.text(3),
                        static_cast<int>(rows.integer(4)),
                        {rows.integer(5)},
                        rows.text(6),
                        {rows.integer(7)},
                        {rows.integer(8)}});
    return runs;
}

template <class NewId>
NewId next_id(Rows rows) {
    rows.next();
    return {rows.integer(0)};
}

}  // namespace

void put_label_file(Database& db, const LabelFile& file) {
    db.run(
        "INSERT INTO label_files VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO "
        "UPDATE SET read_at = ?7, pages = ?8, fault = ?9",
        file.id.value, file.hash, file.name, file.source, file.by, file.arrived_at.value,
        file.read_at.value, file.pages, file.fault);
}

void put_label_page(Database& db, const LabelPage& page) {
    db.run(
        "INSERT INTO label_pages VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) "
        "ON CONFLICT (id) DO UPDATE SET state = ?8, parcel_id = ?9, reason = ?10, settled_at = "
        "?12, settled_by = ?13",
        page.id.value, page.file.value, page.member, page.page, page.member_name, page.kind,
        page.fault, static_cast<int>(page.state), page.parcel.value, page.reason,
        page.arrived_at.value, page.settled_at.value, page.settled_by);
    int index = 0;
    for (const auto& code : page.codes)
        db.run(
            "INSERT INTO label_page_codes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO "
            "NOTHING",
            page.id.value, index++, code.format, code.text, code.survives, code.lost,
            code.module_tenths);
}

void put_label_run(Database& db, const LabelRun& run) {
    db.run(
        "INSERT INTO label_runs VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO "
        "UPDATE SET broken = ?7, broken_at = ?8, settled_at = ?9",
        run.id.value, run.station, run.device, run.by, run.labels, run.asked_at.value, run.broken,
        run.broken_at.value, run.settled_at.value);
}

void put_run_label(Database& db, const PutRunLabel& change) {
    db.run("INSERT INTO run_labels VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET revision = ?4",
           change.run.value, change.label.place, change.label.parcel.value, change.label.revision);
}

std::vector<MissingLabels> missing_labels(Database& db) {
    std::vector<MissingLabels> missing;
    auto rows = db.query(
        "SELECT channel, why, count(*) FROM ("
        "SELECT o.channel AS channel, coalesce((SELECT CASE WHEN g.state = 3 THEN 'unreadable' "
        "ELSE 'unmatched' END FROM label_page_codes c JOIN label_pages g ON g.id = c.page_id "
        "WHERE c.code = p.tracking_number AND g.state < 4 ORDER BY g.id DESC LIMIT 1), 'no_page') "
        "AS why FROM parcels p JOIN orders o ON o.id = p.order_id WHERE p.arranged = 1 AND "
        "p.label = '' AND p.voided_at = 0 AND p.staged_at = 0 AND o.state IN "
        "('released', 'picking', 'picked', 'packing') "
        "UNION ALL SELECT o.channel, 'growth' FROM label_page_codes c "
        "JOIN label_pages g ON g.id = c.page_id AND g.state = 4 "
        "JOIN parcels p ON p.id = g.parcel_id AND p.tracking_number = c.code "
        "JOIN orders o ON o.id = p.order_id WHERE c.survives = 0 AND p.labelled_at = 0 AND "
        "p.voided_at = 0 AND p.staged_at = 0 AND o.state IN ('released', 'picking', 'picked', "
        "'packing', 'on_hold') AND NOT EXISTS (SELECT 1 FROM label_page_codes d WHERE d.page_id = "
        "c.page_id AND d.code = c.code AND d.survives = 1)) GROUP BY 1, 2 ORDER BY 1, 2");
    while (rows.next()) missing.push_back({rows.text(0), rows.text(1), rows.integer(2)});
    return missing;
}

std::vector<std::string> SqlBooks::codes_of(ParcelId id) const {
    std::vector<std::string> codes;
    auto rows = db_->query("SELECT code FROM codes WHERE kind = 5 AND ref = ?1 ORDER BY code",
                           std::to_string(id.value));
    while (rows.next()) codes.push_back(rows.text(0));
    return codes;
}

LabelFileId SqlBooks::next_label_file_id() const {
    return next_id<LabelFileId>(db_->query("SELECT coalesce(max(id), 0) + 1 FROM label_files"));
}

std::optional<LabelFile> SqlBooks::label_file(LabelFileId id) const {
    return read_file(db_->query(FILE_COLUMNS "WHERE id = ?1", id.value));
}

std::optional<LabelFile> SqlBooks::label_file_by_hash(std::string_view hash) const {
    return read_file(db_->query(FILE_COLUMNS "WHERE hash = ?1", hash));
}

std::vector<LabelFileId> SqlBooks::unread_label_files() const {
    std::vector<LabelFileId> ids;
    auto rows = db_->query("SELECT id FROM label_files WHERE read_at = 0 ORDER BY id");
    while (rows.next()) ids.push_back({rows.integer(0)});
    return ids;
}

std::vector<LabelFile> SqlBooks::newest_label_files(int most) const {
    std::vector<LabelFileId> ids;
    {
        auto rows = db_->query("SELECT id FROM label_files ORDER BY id DESC LIMIT ?1", most);
        while (rows.next()) ids.push_back({rows.integer(0)});
    }
    std::vector<LabelFile> files;
    for (const auto id : ids) files.push_back(*label_file(id));
    return files;
}

LabelPageId SqlBooks::next_label_page_id() const {
    return next_id<LabelPageId>(db_->query("SELECT coalesce(max(id), 0) + 1 FROM label_pages"));
}

std::optional<LabelPage> SqlBooks::label_page(LabelPageId id) const {
    return only(read_pages(*db_, db_->query(PAGE_COLUMNS "WHERE id = ?1", id.value)));
}

std::optional<LabelPage> SqlBooks::label_page_at(LabelFileId file, int member, int page) const {
    return only(
        read_pages(*db_, db_->query(PAGE_COLUMNS "WHERE file_id = ?1 AND member = ?2 AND page = ?3",
                                    file.value, member, page)));
}

std::optional<LabelPage> SqlBooks::label_page_of(ParcelId id) const {
    return only(
        read_pages(*db_, db_->query(PAGE_COLUMNS "WHERE parcel_id = ?1 AND state = 4", id.value)));
}

std::vector<LabelPage> SqlBooks::label_pages_with(std::string_view code) const {
    return read_pages(
        *db_, db_->query(PAGE_COLUMNS "WHERE state <> 6 AND id IN (SELECT page_id FROM "
                                      "label_page_codes WHERE code = ?1) ORDER BY id LIMIT 100",
                         code));
}

std::vector<LabelPage> SqlBooks::label_pages_of(LabelFileId file) const {
    return read_pages(
        *db_, db_->query(PAGE_COLUMNS "WHERE file_id = ?1 ORDER BY member, page", file.value));
}

std::vector<LabelPage> SqlBooks::unmatched_label_pages(int most) const {
    return read_pages(*db_, db_->query(PAGE_COLUMNS "WHERE state < 4 ORDER BY id LIMIT ?1", most));
}

std::int64_t SqlBooks::unmatched_label_page_count() const {
    auto rows = db_->query("SELECT count(*) FROM label_pages WHERE state < 4");
    return rows.next() ? rows.integer(0) : 0;
}

std::vector<ParcelId> SqlBooks::parcels_to_label(std::string_view channel, std::string_view courier,
                                                 int most) const {
    std::vector<ParcelId> parcels;
    auto rows = db_->query(
        "SELECT p.id FROM parcels p JOIN orders o ON o.id = p.order_id "
        "LEFT JOIN reservations r ON r.order_id = o.id AND r.quantity > 0 "
        "LEFT JOIN locations l ON l.location = r.location "
        "WHERE p.arranged = 1 AND p.label <> '' AND p.labelled_at = 0 AND p.voided_at = 0 AND "
        "p.hold = '' AND o.state IN ('released', 'picking', 'picked') AND NOT EXISTS (SELECT 1 "
        "FROM effects e WHERE e.parcel_id = p.id AND e.state < 2) AND (?1 = '' OR o.channel = ?1) "
        "AND "
        "(?2 = '' OR p.courier = ?2) GROUP BY p.id "
        "ORDER BY min(coalesce(l.pick_order, 9223372036854775807)), min(r.location), o.id, p.no "
        "LIMIT ?3",
        channel, courier, most);
    while (rows.next()) parcels.push_back({rows.integer(0)});
    return parcels;
}

LabelRunId SqlBooks::next_label_run_id() const {
    return next_id<LabelRunId>(db_->query("SELECT coalesce(max(id), 0) + 1 FROM label_runs"));
}

std::optional<LabelRun> SqlBooks::label_run(LabelRunId id) const {
    return only(read_runs(db_->query(RUN_COLUMNS "WHERE id = ?1", id.value)));
}

std::vector<LabelRun> SqlBooks::newest_label_runs(int most) const {
    return read_runs(db_->query(RUN_COLUMNS "ORDER BY id DESC LIMIT ?1", most));
}

std::vector<RunLabel> SqlBooks::run_labels(LabelRunId id) const {
    std::vector<RunLabel> labels;
    auto rows = db_->query(
        "SELECT place, parcel_id, revision FROM run_labels WHERE run_id = ?1 ORDER BY place",
        id.value);
    while (rows.next())
        labels.push_back({static_cast<int>(rows.integer(0)),
                          {rows.integer(1)},
                          static_cast<int>(rows.integer(2))});
    return labels;
}

std::optional<RunPlace> SqlBooks::run_place_of(ParcelId id) const {
    auto rows = db_->query(
        "SELECT r.id, l.place, r.labels FROM run_labels l JOIN label_runs r ON r.id = l.run_id "
        "WHERE l.parcel_id = ?1 ORDER BY r.id DESC LIMIT 1",
        id.value);
    if (!rows.next()) return std::nullopt;
    return RunPlace{
        {rows.integer(0)}, static_cast<int>(rows.integer(1)), static_cast<int>(rows.integer(2))};
}

std::optional<LabelRun> SqlBooks::broken_run(std::string_view station) const {
    return only(read_runs(db_->query(
        RUN_COLUMNS "WHERE station = ?1 AND broken_at > settled_at ORDER BY id DESC LIMIT 1",
        station)));
}

}  // namespace kemas::ledger
