// What shops' catalogues say, in the books and in the journal.
#include "ledger/declared_rows.hpp"
#include "tests/ledger/bench.hpp"

namespace kemas::testing {
namespace {

ListingsImported catalogue(std::vector<ListingRow> rows) {
    return {"listings.csv", "h1", std::move(rows)};
}

TEST(Listings, ALaterImportReplacesTheRowsItNamesAndLeavesTheOthers) {
    Story story;
    const ListingRow red{"shopee", "toko", "MUG-RED", grams(350), {{120}, {100}, {95}}};
    const ListingRow blue{"shopee", "toko", "MUG-BLUE", {350'500}, {}};
    ASSERT_EQ(story.says(catalogue({red, blue})), "+imported");
    EXPECT_EQ(story.arg("rows"), "2");
    auto lighter = red;
    lighter.weight = grams(300);
    ASSERT_EQ(story.says(catalogue({lighter})), "+imported");
    story.reopen();
    auto db = look_into(story.path());
    EXPECT_EQ(ledger::listing_of(db, "shopee", "toko", "MUG-RED"), lighter);
    EXPECT_EQ(ledger::listing_of(db, "shopee", "toko", "MUG-BLUE"), blue);
    EXPECT_EQ(ledger::listing_of(db, "shopee", "other", "MUG-RED"), std::nullopt);
}

TEST(Listings, AndWhatAChannelDeclaresAreReadBackFromTheJournal) {
    const auto again = [](const Input& input) {
        const auto text = ledger::encode(input);
        return std::pair(text,
                         ledger::encode(ledger::decode_input(ledger::kind_of(input), text, {})));
    };
    const auto [rows, rows_again] =
        again(catalogue({{"shopee", "toko", "A \"B\"", {350'500}, {{1}, {2}, {3}}}}));
    EXPECT_EQ(rows, rows_again);
    EXPECT_NE(rows.find("350500"), std::string::npos);
    PackageTold told;
    told.link = "shopee";
    told.package.declared = DeclaredLoad{grams(1234), {{30}, {20}, {10}}};
    const auto [package, package_again] = again(told);
    EXPECT_EQ(package, package_again);
    EXPECT_NE(package.find("1234000"), std::string::npos);
}

}  // namespace
}  // namespace kemas::testing
