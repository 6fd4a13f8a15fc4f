// Which files a ledger takes for its own, and what it says of the others.
#include "tests/ledger/bench.hpp"

namespace kemas::testing {
namespace {

class Opening : public ::testing::Test {
 protected:
    void SetUp() override {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "kemas-open-XXXXXX").string();
        folder = mkdtemp(pattern.data());
        path = (folder / "ledger.db").string();
    }
    void TearDown() override { std::filesystem::remove_all(folder); }
    Result<std::unique_ptr<ledger::Ledger>> open() {
        ledger::LedgerOptions options;
        options.path = path;
        return ledger::Ledger::open(options, site);
    }
    void with_sql(const std::string& sql) {
        ledger::Database db(path, {});
        db.script(sql);
    }

    Site site = small_site();
    std::filesystem::path folder;
    std::string path;
};

TEST_F(Opening, KeepsItsNameOverARestart) {
    auto first = open();
    ASSERT_TRUE(first) << first.error().what;
    const auto uuid = (*first)->uuid();
    EXPECT_EQ(uuid.size(), 32u);
    first->reset();
    auto second = open();
    ASSERT_TRUE(second) << second.error().what;
    EXPECT_EQ((*second)->uuid(), uuid);
    EXPECT_EQ((*second)->epoch(), 1);
}

TEST_F(Opening, RefusesANewerFile) {
    ASSERT_TRUE(open());
    with_sql("PRAGMA user_version = 99");
    const auto ledger = open();
    ASSERT_FALSE(ledger);
    EXPECT_EQ(ledger.error().remedy, Remedy::stop);
    EXPECT_NE(ledger.error().what.find("was written by a newer Kemas (ledger version 99"),
              std::string::npos)
        << ledger.error().what;
}

TEST_F(Opening, RefusesSomebodyElsesDatabase) {
    with_sql("CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('nasi goreng')");
    const auto ledger = open();
    ASSERT_FALSE(ledger);
    EXPECT_EQ(ledger.error().remedy, Remedy::stop);
    EXPECT_NE(ledger.error().what.find("not a Kemas ledger"), std::string::npos)
        << ledger.error().what;
    ledger::Database db(path, {});
    auto rows = db.query("SELECT count(*) FROM sqlite_schema");
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.integer(0), 1) << "nothing of ours may have been put in";
}

TEST_F(Opening, RefusesAFileThatIsNoDatabase) {
    FILE* file = std::fopen(path.c_str(), "w");
    for (int i = 0; i < 500; ++i) std::fputs("not a database\n", file);
    std::fclose(file);
    const auto ledger = open();
    ASSERT_FALSE(ledger);
    EXPECT_NE(ledger.error().what.find(path), std::string::npos) << ledger.error().what;
}

TEST_F(Opening, RefusesAFolderThatIsNotThere) {
    path = (folder / "missing" / "ledger.db").string();
    const auto ledger = open();
    ASSERT_FALSE(ledger);
    EXPECT_NE(ledger.error().what.find(path), std::string::npos) << ledger.error().what;
}

TEST_F(Opening, RefusesATariffItCannotRead) {
    ASSERT_TRUE(open());
    with_sql("INSERT INTO tariff VALUES (1, 'service', '{')");
    const auto ledger = open();
    ASSERT_FALSE(ledger);
    EXPECT_EQ(ledger.error().remedy, Remedy::call_person);
}

TEST_F(Opening, RefusesAnEpochThatIsNoNumber) {
    ASSERT_TRUE(open());
    with_sql("UPDATE meta SET value = 'x' WHERE name = 'epoch'");
    const auto ledger = open();
    ASSERT_FALSE(ledger);
    EXPECT_EQ(ledger.error().remedy, Remedy::call_person);
}

}  // namespace
}  // namespace kemas::testing
