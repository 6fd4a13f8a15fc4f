// A ledger of an older version comes along whole.
#include <fstream>
#include <sstream>

#include "tests/ledger/bench.hpp"

namespace kemas::testing {
namespace {

std::string version_1() {
    std::ifstream file(KEMAS_SOURCE_DIR "/src/ledger/schema_1.sql");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

struct Older : ::testing::Test {
    Site site = small_site();
    std::filesystem::path folder;
    std::string path;
    void SetUp() override {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "kemas-migrate-XXXXXX").string();
        folder = mkdtemp(pattern.data());
        path = (folder / "ledger.db").string();
        ledger::Database db(path, {});
        db.script(version_1());
        db.script(
            "INSERT INTO meta VALUES ('uuid', 'f00d'), ('epoch', '1');"
            "INSERT INTO skus VALUES ('TEA', 'Teh', 55000, 500, 1, 2, 3, 0, 1, 0);"
            "INSERT INTO stock VALUES ('TEA', 'B-01', 20, 5);"
            "INSERT INTO stock_moves VALUES (3, 0, 'TEA', '', 'B-01', 20, 'counted', 0, 0);"
            "INSERT INTO reservations VALUES (1, 1, 'B-01', 5);"
            "PRAGMA application_id = 1262832961; PRAGMA user_version = 1;");
    }
    void TearDown() override { std::filesystem::remove_all(folder); }
};

TEST_F(Older, BringsStockAndPromisesAlong) {
    ledger::LedgerOptions options;
    options.path = path;
    const auto opened = ledger::Ledger::open(options, site);
    ASSERT_TRUE(opened) << opened.error().what;
    EXPECT_EQ((*opened)->uuid(), "f00d");
    const auto& books = (*opened)->books();
    const auto place = books.stock_at("B-01", "TEA", "");
    ASSERT_TRUE(place);
    EXPECT_EQ(place->quantity, 20);
    EXPECT_EQ(place->reserved, 5);
    const auto promised = books.reservations({1}, 1);
    ASSERT_EQ(promised.size(), 1u);
    EXPECT_EQ(promised[0].quantity, 5);
    EXPECT_EQ(promised[0].lot, "");
    const auto sku = books.sku("TEA");
    ASSERT_TRUE(sku);
    EXPECT_TRUE(sku->upright);
    EXPECT_EQ(sku->tracked, TrackedBy{});
}

TEST_F(Older, GoesOnWorkingAfterwards) {
    ledger::LedgerOptions options;
    options.path = path;
    const auto opened = ledger::Ledger::open(options, site);
    ASSERT_TRUE(opened) << opened.error().what;
    StockImported in{"stock.csv", "h", {{"B-01", "TEA", "L-1", 4, 1, "2027-02-28"}}};
    const auto done = (*opened)->turn({{"k1", "", in}}, {1'700'000'000'000});
    ASSERT_TRUE(done) << done.error().what;
    EXPECT_EQ(done->front().answer.code, "imported");
    EXPECT_EQ((*opened)->books().stock_at("B-01", "TEA", "L-1")->quantity, 4);
    EXPECT_EQ((*opened)->books().stock_at("B-01", "TEA", "")->quantity, 20);
}

}  // namespace
}  // namespace kemas::testing
