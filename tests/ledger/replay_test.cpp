// The journal tells the whole story again: the same inputs, stamped as they were, give the same
// rows.
#include "tests/ledger/bench.hpp"

namespace kemas::testing {
namespace {

struct Row {
    std::int64_t at = 0;
    std::string kind, station, key, body, answer, facts, hash;
};

std::vector<Row> journal_of(const std::string& path) {
    auto db = look_into(path);
    std::vector<Row> found;
    auto rows = db.query(
        "SELECT at, kind, station, key, body, answer, facts, hash FROM journal ORDER BY seq");
    while (rows.next())
        found.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4),
                         rows.text(5), rows.text(6), rows.text(7)});
    return found;
}

// Personal data and label bytes of the ledger `db`.
ledger::SideTables side_tables_of(ledger::Database& db) {
    ledger::SideTables side;
    side.person = [&db](const std::string& hash) -> std::optional<Person> {
        auto row = db.query(
            "SELECT name, phone, address, district, city, province, postal_code FROM people "
            "WHERE hash = ?1",
            hash);
        if (!row.next()) return std::nullopt;
        return Person{row.text(0), row.text(1), row.text(2), row.text(3),
                      row.text(4), row.text(5), row.text(6)};
    };
    side.salt = [&db](const std::string& hash) {
        auto row = db.query("SELECT salt FROM people WHERE hash = ?1", hash);
        return row.next() ? row.text(0) : std::string{};
    };
    side.blob = [&db](const std::string& hash) -> std::optional<std::string> {
        auto row = db.query("SELECT bytes FROM blobs WHERE hash = ?1", hash);
        return row.next() ? std::optional(row.text(0)) : std::nullopt;
    };
    return side;
}

// Tells every row of `from` to a fresh ledger at `to`.
void replay(const std::string& from, const std::string& to, const Site& site) {
    ledger::LedgerOptions options;
    options.path = to;
    auto fresh = ledger::Ledger::open(options, site);
    ASSERT_TRUE(fresh) << fresh.error().what;
    auto source = look_into(from);
    const auto side = side_tables_of(source);
    for (const auto& row : journal_of(from)) {
        const auto input = ledger::decode_input(row.kind, row.body, side);
        ASSERT_EQ(ledger::encode(input), row.body) << "decoding loses something of " << row.kind;
        const auto done = (*fresh)->turn({{row.key, row.station, input}}, {row.at});
        ASSERT_TRUE(done) << done.error().what;
        ASSERT_FALSE(done->front().repeat);
    }
}

TEST(Replay, TellsTheParcelsStoryAgainRowByRow) {
    Story story;
    ASSERT_NO_FATAL_FAILURE(tell_parcel(story));
    const auto copy = story.path() + ".replayed";
    ASSERT_NO_FATAL_FAILURE(replay(story.path(), copy, small_site()));
    const auto told = journal_of(story.path()), again = journal_of(copy);
    ASSERT_EQ(again.size(), told.size());
    for (std::size_t i = 0; i < told.size(); ++i) {
        EXPECT_EQ(again[i].answer, told[i].answer) << "row " << i + 1 << ", " << told[i].kind;
        EXPECT_EQ(again[i].facts, told[i].facts) << "row " << i + 1 << ", " << told[i].kind;
        EXPECT_EQ(again[i].at, told[i].at);
        EXPECT_EQ(again[i].hash, told[i].hash) << "row " << i + 1 << ", " << told[i].kind;
    }
    for (const auto* sql : {"SELECT sum(quantity * (1 + unicode(location))) FROM stock",
                            "SELECT sum(gross + revision + cost + staged_at) FROM parcels",
                            "SELECT sum(length(bytes)) FROM blobs", "SELECT count(*) FROM people",
                            "SELECT sum(seq * 100 + state) FROM effects"})
        EXPECT_EQ(count_of(copy, sql), count_of(story.path(), sql)) << sql;
}

TEST(Replay, FindsNobodyWhereAPersonWasErasedAndTheChainWhole) {
    Story story;
    ASSERT_NO_FATAL_FAILURE(tell_parcel(story));
    {
        ledger::Database db(story.path(), {});
        db.script("DELETE FROM people; DELETE FROM blobs");
    }
    story.reopen();
    auto source = look_into(story.path());
    const auto side = side_tables_of(source);
    int orders = 0, labels = 0;
    for (const auto& row : journal_of(story.path())) {
        const auto input = ledger::decode_input(row.kind, row.body, side);
        EXPECT_EQ(ledger::encode(input), row.body) << row.kind;
        if (const auto* received = std::get_if<OrderReceived>(&input)) {
            ++orders;
            EXPECT_EQ(received->order.draft.ship_to, Person{});
            EXPECT_EQ(received->order.person_salt, "");
        }
        if (const auto* label = std::get_if<LabelPrepared>(&input)) {
            ++labels;
            EXPECT_EQ(label->bytes, "");
        }
    }
    EXPECT_EQ(orders, 1);
    EXPECT_EQ(labels, 1);
}

TEST(Journal, HoldsNoPersonalData) {
    Story story;
    ASSERT_NO_FATAL_FAILURE(tell_parcel(story));
    EXPECT_EQ(count_of(story.path(), "SELECT count(*) FROM people WHERE name = 'Dewi'"), 1);
    EXPECT_EQ(
        count_of(story.path(),
                 "SELECT count(*) FROM journal WHERE instr(body || answer || facts, 'Dewi') > 0 "
                 "OR instr(body || answer || facts, '0812-0000-1111') > 0 "
                 "OR instr(body || answer || facts, 'Jl. Melati') > 0"),
        0);
}

}  // namespace
}  // namespace kemas::testing
