// What shops' catalogues say of their goods, read from CSV.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "intake/listings_csv.hpp"

namespace kemas::intake {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> told(const RowFaults& faults) {
    std::vector<std::string> lines;
    for (const auto& fault : faults) lines.push_back(to_text(fault));
    return lines;
}

TEST(ListingsCsv, ReadsGramsWithCommaAndLeavesOutWhatIsNotTold) {
    const auto import = listings_from_csv(
        "\xef\xbb\xbf"
        "Channel;Shop;SKU;weight_g;length_mm;width_mm;height_mm\r\n"
        "shopee;toko-a;MUG-RED;350,5;120;100;95\r\n"
        "shopee;toko-b;MUG-RED;400;;;\r\n"
        "tokopedia_tiktok;toko-a;TEA;;200;150;80\r\n");
    EXPECT_THAT(told(import.errors), IsEmpty());
    EXPECT_EQ(import.rows, (std::vector<ListingRow>{
                               {"shopee", "toko-a", "MUG-RED", {350'500}, {{120}, {100}, {95}}},
                               {"shopee", "toko-b", "MUG-RED", grams(400), {}},
                               {"tokopedia_tiktok", "toko-a", "TEA", {}, {{200}, {150}, {80}}}}));
    EXPECT_THAT(import.lines, ElementsAre(2, 3, 4));
}

TEST(ListingsCsv, RefusesTwinsHalfSizesAndRowsThatSayNothing) {
    const auto import = listings_from_csv(
        "channel,shop,sku,weight_g,length_mm,width_mm,height_mm\n"
        "shopee,a,MUG,350,,,\n"
        "shopee,a,MUG,360,,,\n"
        "shopee,a,TEA,100,200,,80\n"
        "shopee,a,CUP,0,,,\n"
        "shopee,,CUP,100,,,\n"
        "shopee,a,1.2E+12,100,,,\n"
        "shopee,a,POT,1.2345,,,\n");
    EXPECT_EQ(import.rows.size(), 1u);
    EXPECT_THAT(told(import.errors),
                ElementsAre("line 3, sku: 'MUG' of this shop is on line 2 already",
                            HasSubstr("line 4, length_mm: and width_mm and height_mm belong"),
                            HasSubstr("line 5, weight_g: is empty or 0"),
                            HasSubstr("line 6, shop: is empty"), HasSubstr("line 7, sku: "),
                            HasSubstr("line 8, weight_g: is '1.2345'")));
}

TEST(ListingsCsv, NamesAColumnItDoesNotKnowAndOneThatIsMissing) {
    EXPECT_THAT(
        told(listings_from_csv("channel,sku,weight_kg\nshopee,MUG,1\n").errors),
        ElementsAre(HasSubstr("weight_kg: is not a known column"), HasSubstr("shop: is missing")));
}

}  // namespace
}  // namespace kemas::intake
