#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "intake/orders_csv.hpp"
#include "intake/orders_json.hpp"
#include "intake/skus_csv.hpp"
#include "intake/stock_csv.hpp"
#include "intake/tariff_csv.hpp"
#include "intake/tracking_numbers_csv.hpp"

namespace kemas::intake {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> told(const RowFaults& errors) {
    std::vector<std::string> texts;
    for (const auto& error : errors) texts.push_back(to_text(error));
    return texts;
}

TEST(OrdersCsv, JoinsTheRowsOfAnOrder) {
    const auto import = orders_from_csv(
        "channel;shop;external_id;sku;quantity;name;cod_amount;ship_by;arranged_courier;"
        "tracking_number\n"
        "web;main;W-1;MUG;2;Sari;150000;2026-11-21T09:00Z;;\n"
        "web;main;W-2;TEA;1;Budi;;;JNE;0099\n"
        "web;main;W-1;TEA;1;Sari;;;;\n");
    EXPECT_THAT(told(import.errors), IsEmpty());
    ASSERT_EQ(import.rows.size(), 2u);
    EXPECT_EQ(import.rows[0].lines, (std::vector<DraftLine>{{"MUG", 2}, {"TEA", 1}}));
    EXPECT_EQ(import.rows[0].cod, Money{150000});
    EXPECT_FALSE(import.rows[0].arranged);
    EXPECT_EQ(import.rows[1].arranged->tracking_number, "0099");
}

TEST(OrdersCsv, TellsThreeBadRowsAtOnceWithLineAndColumn) {
    const auto import = orders_from_csv(
        "channel,shop,external_id,sku,quantity,name\n"
        "web,main,W-1,MUG,0,Sari\n"
        "web,main,\"1,12345E+15\",MUG,1,Sari\n"
        "web,main,W-3,MUG,1,Sari\n"
        "web,main,W-3,TEA,1,Budi\n"
        "web,main,W-4,MUG\n");
    EXPECT_THAT(told(import.errors),
                ElementsAre("line 2, quantity: is 0; must be 1 to 1000000",
                            HasSubstr("line 3, external_id: is '1,12345E+15': a spreadsheet"),
                            HasSubstr("line 5, name: differs from line 4"),
                            "line 6: has 4 cells, but the header has 6"));
    EXPECT_THAT(import.rows, IsEmpty());
}

TEST(OrdersCsv, TellsALineEndInsideACellInOneLine) {
    EXPECT_THAT(told(orders_from_csv("channel,shop,external_id,sku,quantity,name\n"
                                     "web,main,W-1,MUG,\"2\n3\",Sari\n")
                         .errors),
                ElementsAre(HasSubstr("line 2, quantity: is '2?3'")));
}

TEST(OrdersCsv, NamesWrongHeaders) {
    EXPECT_THAT(told(orders_from_csv("channel,shop,externalid,sku,quantity,sku\n").errors),
                ElementsAre("line 1, externalid: is not a known column; check its spelling",
                            "line 1, sku: is given twice",
                            "line 1, external_id: is missing from the header"));
    EXPECT_THAT(told(orders_from_csv("").errors), ElementsAre(HasSubstr("the file is empty")));
}

TEST(OrdersCsv, AShipmentWithoutNumberIsNamedByItsColumn) {
    EXPECT_THAT(told(orders_from_csv("channel,shop,external_id,sku,quantity,arranged_courier\n"
                                     "web,main,W-1,MUG,1,JNE\n")
                         .errors),
                ElementsAre("line 2, tracking_number: is missing or empty"));
}

TEST(OrdersCsv, NamesTheCellThatIsNotUtf8) {
    EXPECT_THAT(told(orders_from_csv("channel,shop,external_id,sku,quantity,name\n"
                                     "web,main,W-1,MUG,1,Andr\xE9\n")
                         .errors),
                ElementsAre(HasSubstr("line 2, name: is not valid UTF-8")));
}

TEST(SkusCsv, ReadsWeightsToTheMilligramAndCasePacks) {
    const auto import = skus_from_csv(
        "SKU; Name;barcodes;weight_g;spread_g;length_mm;fragile\n"
        "MUG;Red mug;8991000000003 8991090000006=12;218,125;2,5;240;yes\n;;;;;;\n");
    EXPECT_THAT(told(import.errors), IsEmpty());
    ASSERT_EQ(import.rows.size(), 1u);
    EXPECT_EQ(import.rows[0].weight, Milligrams{218125});
    EXPECT_EQ(import.rows[0].spread, Milligrams{2500});
    EXPECT_TRUE(import.rows[0].fragile);
    EXPECT_EQ(import.rows[0].barcodes,
              (std::vector<SkuBarcode>{{"8991000000003", 1}, {"8991090000006", 12}}));
}

TEST(SkusCsv, RefusesTwinsAndBadCells) {
    const auto import = skus_from_csv(
        "sku,name,barcodes,weight_g,fragile\n"
        "A,a,111,1.2345,maybe\n"
        "B,b,111,-1,no\n"
        "B,b,222=0,1,no\n"
        "C,c,8.99E+12,1,no\n");
    EXPECT_THAT(told(import.errors),
                ElementsAre(HasSubstr("line 2, weight_g: is '1.2345'; has more than 3 decimals"),
                            HasSubstr("line 2, fragile: is 'maybe'"),
                            "line 3, barcodes: has '111', which line 2 has already",
                            HasSubstr("line 3, weight_g: is '-1'; must be 0"),
                            HasSubstr("line 4, barcodes: has '222=0'"),
                            "line 4, sku: 'B' is on line 3 already",
                            HasSubstr("line 5, barcodes: has '8.99E+12': a spreadsheet")));
}

TEST(StockCsv, RefusesAPlaceTwiceAndTwoWalks) {
    const auto import = stock_from_csv(
        "location,sku,quantity,lot,pick_order\nA-1,MUG,5,L1,10\nA-1,MUG,6,L2,10\n"
        "A-1,MUG,7,L1,10\nA-1,TEA,1,,20\nA-2,TEA,-1,,\n");
    EXPECT_EQ(import.rows.size(), 2u);
    EXPECT_THAT(told(import.errors),
                ElementsAre("line 4, sku: 'MUG' at 'A-1' is on line 2 already",
                            "line 5, pick_order: differs from line 2 of the same location",
                            HasSubstr("line 6, quantity: is -1")));
}

TEST(StockCsv, TakesTheDayALotExpires) {
    const auto import = stock_from_csv(
        "location,sku,quantity,lot,expiry\nA-1,TEA,5,L1,2027-02-28\nA-2,TEA,5,L1,2027-03-01\n"
        "A-3,TEA,5,L2,28/02/2027\nA-4,TEA,5,,2027-02-28\nA-5,TEA,5,L3,2027-02-30\n");
    ASSERT_EQ(import.rows.size(), 1u);
    EXPECT_EQ(import.rows[0].expiry, "2027-02-28");
    EXPECT_THAT(told(import.errors),
                ElementsAre("line 3, expiry: differs from line 2 of the same lot",
                            "line 4, expiry: is '28/02/2027'; a day must read like 2027-02-28",
                            "line 5, expiry: needs a lot: fill the column lot",
                            "line 6, expiry: is '2027-02-30'; a day must read like 2027-02-28"));
}

TEST(SkusCsv, TakesWhatMustBeKnownOfEveryUnit) {
    const auto import = skus_from_csv(
        "sku,name,lot,expiry,serial\nTEA,Teh,yes,ya,\nPHONE,Ponsel,,,1\nMUG,Gelas,,,\n");
    ASSERT_EQ(import.rows.size(), 3u);
    EXPECT_EQ(import.rows[0].tracked, (TrackedBy{true, true, false}));
    EXPECT_EQ(import.rows[1].tracked, (TrackedBy{false, false, true}));
    EXPECT_EQ(import.rows[2].tracked, TrackedBy{});
}

TEST(TrackingNumbersCsv, KeepsLeadingZerosAndRefusesTwins) {
    const auto import = tracking_numbers_from_csv(
        "courier,service,number\nJNE,REG,0099\nJNE,REG,0099\nJNE,,1.1E+12\nJNE,,12 34\n");
    ASSERT_EQ(import.rows.size(), 1u);
    EXPECT_EQ(import.rows[0].number, "0099");
    EXPECT_THAT(told(import.errors),
                ElementsAre("line 3, number: '0099' is on line 2 already",
                            HasSubstr("line 4, number: is '1.1E+12': a spreadsheet"),
                            "line 5, number: '12 34' has a space inside"));
}

const std::string kTariffHeader =
    "record,courier,service,divisor_cm3_per_kg,cod,area,first_price,step_price,name,kind,when,"
    "amount,basis_points,currency,exponent\n";

TEST(TariffCsv, ReadsEveryRecord) {
    const auto import = tariff_from_csv(kTariffHeader +
                                        "tariff,,,,,,,,,,,,,USD,2\n"
                                        "service,JNE,REG,6000,yes,,,,,,,,,,\n"
                                        "rate,JNE,REG,,,31,9000,8000,,,,,,,\n"
                                        "surcharge,JNE,,,,,,,COD,percent_of_cod,cod,,400,,\n");
    EXPECT_THAT(told(import.errors), IsEmpty());
    const auto& tariff = import.tariff;
    EXPECT_EQ(tariff.currency, (rating::Currency{"USD", 2}));
    EXPECT_EQ(tariff.version.size(), 64u);
    ASSERT_EQ(tariff.services.size(), 1u);
    EXPECT_EQ(tariff.services[0].divisor, 6000);
    EXPECT_TRUE(tariff.services[0].cod_allowed);
    EXPECT_EQ(tariff.rates.at(0).per_step, Money{8000});
    EXPECT_EQ(tariff.surcharges.at(0).service, "*");
    EXPECT_EQ(tariff.surcharges.at(0).amount, 400);
    EXPECT_EQ(tariff.surcharges.at(0).when, rating::When::cod);
}

TEST(TariffCsv, TellsBadCellsWithTheirLines) {
    const auto import = tariff_from_csv(kTariffHeader +
                                        "service,JNE,REG,6000,,31,,,,,,,,,\n"
                                        "rate,JNE,REG,,,31,9000.5,,,,,,,,\n"
                                        "surcharge,JNE,,,,,,,Fuel,flatt,,5,,,\n"
                                        "price,JNE,,,,,,,,,,,,,\n");
    EXPECT_THAT(told(import.errors),
                ElementsAre("line 2, area: does not belong to a service row; leave it empty",
                            HasSubstr("line 3, first_price: is '9000.5'"),
                            HasSubstr("line 4, kind: is 'flatt'; must be one of flat per_kg"),
                            HasSubstr("line 5, record: is 'price'")));
}

TEST(TariffCsv, TheRateBookJudgesWithTheFilesLines) {
    const auto import = tariff_from_csv(kTariffHeader +
                                        "service,JNE,REG,6000,,,,,,,,,,,\n"
                                        "rate,JNE,YES,,,31,9000,,,,,,,,\n");
    ASSERT_EQ(import.errors.size(), 1u);
    EXPECT_EQ(import.errors[0].line, 3);
    EXPECT_EQ(import.errors[0].column, "service");
}

std::string demo(const std::string& name) {
    std::ifstream file(KEMAS_SOURCE_DIR "/config/demo/" + name, std::ios::binary);
    EXPECT_TRUE(file) << name;
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(DemoData, IsTakenWithoutAFault) {
    const auto skus = skus_from_csv(demo("skus.csv"));
    EXPECT_THAT(told(skus.errors), IsEmpty());
    EXPECT_GE(skus.rows.size(), 50u);
    EXPECT_THAT(told(stock_from_csv(demo("stock.csv")).errors), IsEmpty());
    EXPECT_THAT(told(tracking_numbers_from_csv(demo("tracking-numbers.csv")).errors), IsEmpty());
    EXPECT_THAT(told(tariff_from_csv(demo("tariff.csv")).errors), IsEmpty());
    const auto orders = orders_from_json(demo("orders.json"));
    EXPECT_TRUE(orders) << to_text(orders.error());
}

}  // namespace
}  // namespace kemas::intake
