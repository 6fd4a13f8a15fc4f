#include "tests/fault/shift.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "ledger/journal_codec.hpp"
#include "tests/support/story.hpp"

namespace kemas::testing {
namespace {

const std::string red = "4006381333931", blue = "5901234123457";

// Tells the shift to a ledger on a sound disk and writes down what it says.
class Recorder {
 public:
    Recorder() : disk_("shift-record"), copy_("shift-copy") {
        shift_.site = small_site();
        auto opened = ledger::Ledger::open(options_on(disk_), shift_.site);
        if (!opened) throw std::runtime_error(opened.error().what);
        ledger_ = std::move(*opened);
    }

    Shift run(int rounds) {
        prepare(rounds);
        for (int round = 1; round <= rounds; ++round) pack_two(std::to_string(round));
        ledger_.reset();
        return std::move(shift_);
    }

 private:
    void add(Input input, const std::string& station = "") {
        batch_.push_back({"shift:" + std::to_string(++shift_.inputs), station, std::move(input)});
    }

    // Commits what was added; every answer must be one of a shift that goes well.
    void commit() {
        now_.value += 250;
        ShiftStep step;
        step.batch = std::move(batch_);
        batch_.clear();
        step.now = now_;
        auto done = ledger_->turn(step.batch, now_);
        if (!done) throw std::runtime_error(done.error().what);
        for (const auto& each : *done) {
            if (each.answer.kind != Answer::Kind::accepted)
                throw std::runtime_error("the shift does not go well: " + each.answer.code);
            step.answers.push_back(ledger::encode(each.answer));
            planned_.insert(planned_.end(), each.effects.begin(), each.effects.end());
        }
        step.seq_after = ledger_->last_seq();
        copy_.insert(disk_.disk().after_power_cut(Loss::all, 0));
        step.books_after = books_on(copy_).digest;
        step.checkpoint = shift_.steps.size() % 5 == 4;
        if (step.checkpoint) ledger_->checkpoint(1);
        shift_.steps.push_back(std::move(step));
    }

    void prepare(int rounds) {
        add(Restarted{"test", "small"});
        for (const auto* bench : {"bench-1", "bench-2"}) add(LoadDisturbed{"scale-1", 0}, bench);
        SkusImported skus{"skus.csv", "h1", {}};
        for (const auto& [name, code, weight_g] :
             {std::tuple{"MUG-RED", red, 300}, std::tuple{"MUG-BLUE", blue, 320}}) {
            SkuRow row;
            row.sku = row.name = name;
            row.weight = grams(weight_g);
            row.spread = grams(3);
            row.barcodes = {{code, 1}};
            skus.rows.push_back(std::move(row));
        }
        add(std::move(skus));
        add(StockImported{"stock.csv",
                          "h2",
                          {{"A-01", "MUG-RED", "", 100, 1}, {"A-02", "MUG-BLUE", "", 100, 2}}});
        commit();
        rating::TariffRows tariff;
        tariff.version = "t1";
        tariff.currency = {"IDR", 0};
        rating::ServiceRow service;
        service.courier = "JNE";
        service.code = "REG";
        service.name = "JNE Reguler";
        service.divisor = 6000;
        service.minimum_g = 1000;
        tariff.services = {service};
        tariff.rates = {{"JNE", "REG", "", 1000, {9000}, {9000}}};
        add(TariffImported{"tariff.csv", "t1", tariff});
        TrackingNumbersImported numbers{"numbers.csv", "h3", {}};
        for (int i = 1; i <= 2 * rounds; ++i)
            numbers.rows.push_back({"JNE", "REG", "RESI" + std::to_string(1000 + i)});
        add(std::move(numbers));
        add(CodeScanned{"B-ANA"}, "bench-1");
        add(CodeScanned{"B-BUDI"}, "bench-2");
        commit();
        shift_.prepared = shift_.steps.size();
    }

    void receive(const std::string& number) {
        SealedOrder order;
        order.draft = Story::draft(number, {{"MUG-RED", 2}, {"MUG-BLUE", 1}});
        order.content_hash = "content-" + number;
        order.person_hash = "person-" + number;
        order.person_salt = "salt";
        add(OrderReceived{std::move(order)});
    }

    void pack_two(const std::string& round) {
        const std::pair<std::string, std::string> benches[] = {{"bench-1", "A-" + round},
                                                               {"bench-2", "B-" + round}};
        for (const auto& [bench, number] : benches) receive(number);
        commit();
        for (const auto& [bench, number] : benches)
            for (const auto& code : {number, red}) add(CodeScanned{code}, bench);
        commit();
        for (const auto& [bench, number] : benches)
            for (const auto& code : {red, blue}) add(CodeScanned{code}, bench);
        commit();
        for (const auto& [bench, number] : benches) {
            add(LoadDisturbed{"scale-1", settled_on_[bench]},
                bench);  // the parcel before is lifted
            settled_on_[bench] = ++settling_;
            add(LoadSettled{"scale-1", settling_, grams(980), grams(5), "raw"}, bench);
        }
        commit();
        perform([&](const EffectRow& effect) {
            const auto hash = "label-" + to_text(effect.id);
            add(LabelPrepared{effect.id, hash, std::string(3000, 'Z') + hash}, effect.station);
        });
        perform([&](const EffectRow& effect) {
            printing_.push_back(effect);
            add(EffectStarted{effect.id}, effect.station);
        });
        for (const auto& effect : printing_)
            add(EffectEnded{effect.id, Outcome::done, "test"}, effect.station);
        printing_.clear();
        commit();
        for (const auto& [bench, number] : benches)
            add(CodeScanned{"RESI" + std::to_string(++staged_)}, bench);
        commit();
    }

    template <class Act>
    void perform(Act act) {
        const auto effects = std::move(planned_);
        planned_.clear();
        for (const auto& effect : effects) act(effect);
        commit();
    }

    CrashVfs disk_, copy_;
    Shift shift_;
    std::unique_ptr<ledger::Ledger> ledger_;
    std::vector<Envelope> batch_;
    std::vector<EffectRow> planned_, printing_;
    Instant now_{1'700'000'000'000};
    std::uint64_t settling_ = 0;
    std::map<std::string, std::uint64_t> settled_on_;  // what lies on each bench's scale
    int staged_ = 1000;
};

// One line for each row that does not add up.
constexpr const char* complaints = R"sql(
    SELECT 'stock of ' || s.sku || ' at ' || s.location FROM stock s WHERE s.quantity <>
        (SELECT coalesce(sum(CASE WHEN m.to_location = s.location THEN m.quantity ELSE 0 END -
                             CASE WHEN m.from_location = s.location THEN m.quantity ELSE 0 END), 0)
         FROM stock_moves m WHERE m.sku = s.sku)
    UNION ALL SELECT 'reserved of ' || s.sku || ' at ' || s.location FROM stock s WHERE s.reserved <>
        (SELECT coalesce(sum(r.quantity), 0) FROM reservations r
         JOIN order_lines l ON l.order_id = r.order_id AND l.no = r.line_no
         WHERE l.sku = s.sku AND r.location = s.location)
    UNION ALL SELECT 'packed of line ' || l.order_id || '.' || l.no FROM order_lines l WHERE l.packed <>
        (SELECT coalesce(sum(i.quantity), 0) FROM parcel_items i
         WHERE i.order_id = l.order_id AND i.line_no = l.no)
    UNION ALL SELECT 'orders in state ' || c.state FROM order_counts c WHERE c.n <>
        (SELECT count(*) FROM orders o WHERE o.state = c.state)
    UNION ALL SELECT 'rows of the journal' FROM (SELECT count(*) AS n, max(seq) AS last FROM journal)
        WHERE n <> last
    UNION ALL SELECT 'move without an input ' || m.seq FROM stock_moves m
        WHERE m.seq NOT IN (SELECT seq FROM journal)
    UNION ALL SELECT 'order without a line ' || o.id FROM orders o
        WHERE o.id NOT IN (SELECT order_id FROM order_lines))sql";

void add_table(std::uint64_t& digest, sqlite3* db, const std::string& table) {
    sqlite3_stmt* rows = nullptr;
    if (sqlite3_prepare_v2(db, ("SELECT * FROM " + table).c_str(), -1, &rows, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(db));
    const auto add = [&](const void* bytes, int size) {
        for (int i = 0; i < size; ++i)
            digest = (digest ^ static_cast<const unsigned char*>(bytes)[i]) * 0x100000001b3;
        digest = (digest ^ static_cast<unsigned>(size)) * 0x100000001b3;
    };
    int code = 0;
    while ((code = sqlite3_step(rows)) == SQLITE_ROW)
        for (int column = 0; column < sqlite3_column_count(rows); ++column) {
            const void* bytes = sqlite3_column_blob(rows, column);
            add(bytes, sqlite3_column_bytes(rows, column));
        }
    sqlite3_finalize(rows);
    if (code != SQLITE_DONE) throw std::runtime_error(table + ": " + sqlite3_errmsg(db));
}

}  // namespace

Shift record_shift(int rounds) {
    return Recorder().run(rounds);
}

ledger::LedgerOptions options_on(const CrashVfs& vfs) {
    ledger::LedgerOptions options;
    options.path = ledger_path;
    options.vfs = vfs.name();
    options.high_water = false;
    return options;
}

BooksOnDisk books_on(const CrashVfs& vfs) {
    ledger::Database db(ledger_path, {false, vfs.name()});
    std::vector<std::string> tables;
    auto names = db.query(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'meta' ORDER BY name");
    while (names.next()) tables.push_back(names.text(0));
    BooksOnDisk books;
    std::uint64_t digest = 0xcbf29ce484222325;
    for (const auto& table : tables) add_table(digest, db.handle(), table);
    books.digest = std::to_string(digest);
    auto lines = db.query(complaints);
    while (lines.next()) books.complaint += lines.text(0) + "; ";
    return books;
}

Retold retell(ledger::Ledger& ledger, const Shift& shift, std::size_t steps) {
    Retold retold;
    std::vector<Envelope> again;
    std::vector<const std::string*> answers;
    for (std::size_t i = 0; i < steps; ++i)
        for (std::size_t k = 0; k < shift.steps[i].batch.size(); ++k) {
            again.push_back(
                {shift.steps[i].batch[k].key, "", Restarted{"retold", ""}});  // only the key counts
            answers.push_back(&shift.steps[i].answers[k]);
        }
    if (again.empty()) return retold;
    const auto done = ledger.turn(again, shift.steps[steps - 1].now);
    if (!done) throw std::runtime_error(done.error().what);
    for (std::size_t i = 0; i < done->size(); ++i) {
        if (!(*done)[i].repeat)
            ++retold.lost;
        else if (ledger::encode((*done)[i].answer) != *answers[i] ||
                 (*done)[i].seq != static_cast<Seq>(i) + 1)
            ++retold.changed;
    }
    return retold;
}

bool long_form() {
    const char* wanted = std::getenv("KEMAS_LONG");
    return wanted && std::string(wanted) == "1";
}

}  // namespace kemas::testing
