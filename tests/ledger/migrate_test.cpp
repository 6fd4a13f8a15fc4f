// A ledger of an older version comes along whole.
#include <fstream>
#include <sstream>

#include "ledger/journal_codec.hpp"
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

// A tariff of a row for each rate, as it was kept up to version 7.
TEST_F(Older, ReadsItsTariffAsItWasWritten) {
    {
        ledger::Database db(path, {});
        db.script(R"sql(
INSERT INTO tariff VALUES (0, 'tariff', '{"version":"old","currency":"USD","exponent":2}');
INSERT INTO tariff VALUES (1, 'service', '{"courier":"JNE","code":"REG","name":"Reguler",
 "divisor":6000,"volumetric_above_cm3":18000,"step_g":1000,"rounding":2,"tolerance_g":300,"edge":1,
 "minimum_g":2000,"max_weight_g":50000,"cod_allowed":true,"cod_min":100,"cod_max":5000,
 "transit_days":3,"cut_off":"16:00"}');
INSERT INTO tariff VALUES (2, 'rate', '{"courier":"JNE","service":"REG","area":"32.16",
 "first_g":1000,"first_price":900,"per_step":850}');
INSERT INTO tariff VALUES (3, 'surcharge', '{"courier":"JNE","service":"*","name":"COD fee",
 "kind":3,"amount":400,"minimum":35,"limit":900,"round_up_to":5,"when":1}');
)sql");
    }
    ledger::LedgerOptions options;
    options.path = path;
    const auto opened = ledger::Ledger::open(options, site);
    ASSERT_TRUE(opened) << opened.error().what;
    const auto tariff = (*opened)->books().tariff();
    rating::ServiceRow reg{"JNE", "REG", "Reguler", 6000, 18'000};
    reg.rounding = rating::Rounding::tolerance;
    reg.tolerance_g = 300;
    reg.edge = rating::Edge::exclusive;
    reg.minimum_g = 2000;
    reg.max_weight_g = 50'000;
    reg.cod_allowed = true;
    reg.cod_min = {100};
    reg.cod_max = {5000};
    reg.transit_days = 3;
    reg.cut_off = "16:00";
    rating::SurchargeRow cod{"JNE", "*", "COD fee", rating::SurchargeKind::percent_of_cod, 400};
    cod.minimum = {35};
    cod.limit = {900};
    cod.round_up_to = {5};
    cod.when = rating::When::cod;
    EXPECT_EQ(tariff.version, "old");
    EXPECT_EQ(tariff.currency, (rating::Currency{"USD", 2}));
    EXPECT_EQ(tariff.services, std::vector{reg});
    EXPECT_EQ(tariff.rates, (rating::RateRows{{"JNE", "REG", "32.16", 1000, {900}, {850}}}));
    EXPECT_EQ(tariff.surcharges, std::vector{cod});
    // It is in force: the books quote with it.
    const auto& book = (*opened)->books().rates();
    ASSERT_NE(book.service("JNE", "REG"), nullptr);
    EXPECT_EQ(book.rate(*book.service("JNE", "REG"), "32.16.09")->first_price, 900u);
}

// What such a ledger's journal says of the import is read as well: a replay needs it.
TEST_F(Older, ReadsTheImportInItsJournal) {
    const auto input = ledger::decode_input("tariff_imported", R"({"file":"t.csv","content_hash":"old",
        "currency":"IDR","exponent":0,
        "services":[{"courier":"JNE","code":"REG","name":"","divisor":6000,"step_g":1000}],
        "rates":[{"courier":"JNE","service":"REG","area":"","first_g":1000,"first_price":9000,
                  "per_step":8000}],
        "surcharges":[]})",
                                      {});
        const auto& tariff = std::get<TariffImported>(input).tariff;
    EXPECT_EQ(tariff.version, "old");
    EXPECT_EQ(tariff.services.at(0).divisor, 6000);
    EXPECT_EQ(tariff.rates, (rating::RateRows{{"JNE", "REG", "", 1000, {9000}, {8000}}}));
}

TEST_F(Older, KeepsGoodsClassAndLyingFlatFromThenOn) {
    ledger::LedgerOptions options;
    options.path = path;
    const auto opened = ledger::Ledger::open(options, site);
    ASSERT_TRUE(opened) << opened.error().what;
    EXPECT_FALSE((*opened)->books().sku("TEA")->keep_flat);
    SkuRow row;
    row.sku = "BOOK";
    row.keep_flat = true;
    row.goods = "food";
    const SkusImported in{"skus.csv", "h", {row}};
    ASSERT_TRUE((*opened)->turn({{"k1", "", in}}, {1'700'000'000'000}));
    EXPECT_TRUE((*opened)->books().sku("BOOK")->keep_flat);
    EXPECT_EQ((*opened)->books().sku("BOOK")->goods, "food");
}

}  // namespace
}  // namespace kemas::testing
