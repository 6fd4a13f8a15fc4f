#include "intake/tariff_sheets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/rating/quote.hpp"
#include "intake/area_names.hpp"
#include "intake/area_tables.hpp"
#include "intake/country_codes.hpp"
#include "intake/tariff_csv.hpp"
#include "intake/tariff_diff.hpp"

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

const std::string kEverything =
    "record,courier,service,currency,exponent,country,name,divisor_cm3_per_kg,unit,side_rounding,"
    "pieces,valid_from,valid_to,zone,postal,area,area_list,date,up_to_g,first_g,first_price,step_"
    "price,exact,kind,when,amount,basis_points,of,tax,plus,week,transit_days\n"
    "tariff,,,USD,2,US,,,,,,,,,,,,,,,,,,,,,,,,,,\n"
    "service,UPS,GROUND,,,,\"UPS, "
    "ground\",139,lb,up,each_rounded,2025-08-18,,,,,,,,,,,,,,,,,,,no_sunday,4\n"
    "zone,UPS,,,,,,,,,,,,2,902*,,,,,,,,,,,,,,,,,\n"
    "zone,UPS,GROUND,,,,,,,,,,,8,,,,,,,,,,,,,,,,,,\n"
    "area,,,,,,,,,,,,,,99500-99999,,alaska,,,,,,,,,,,,,,,\n"
    "rate,UPS,GROUND,,,,,,,,,,,2,,,,,1000,1000,1050,,,,,,,,,,,\n"
    "rate,UPS,GROUND,,,,,,,,,2026-01-01,2026-12-31,8,,,,,,,2000,150,yes,,,,,,,,,3\n"
    "surcharge,UPS,,,,,remote,,,,,,,,,,alaska,,,,,,,flat,,4000,,,,100,,\n"
    "surcharge,UPS,,,,,fuel,,,,,,,,,,,,,,,,,percent_of_freight,,,1850,remote,,,,\n"
    "surcharge,UPS,,,,,tax,,,,,,,,,,,,,,,,,percent_of_total,always,,110,,yes,,,\n"
    "holiday,,,,,,Christmas,,,,,,,,,,,2026-12-25,,,,,,,,,,,,,,\n";

TEST(FlatTariff, KeepsEveryColumnWhenWrittenAndReadAgain) {
    const auto first = tariff_from_csv(kEverything);
    ASSERT_THAT(told(first.errors), IsEmpty());
    EXPECT_EQ(first.tariff.services[0].unit, rating::Unit::pound);
    EXPECT_EQ(rating::to_text(first.tariff.services[0].valid_from), "2025-08-18");
    EXPECT_EQ(first.tariff.rates[1].zone, "8");
    EXPECT_TRUE(first.tariff.rates[1].exact);
    EXPECT_EQ(first.tariff.holidays[0].courier, "*");
    EXPECT_EQ(first.book.rate_count(), 2u);
    auto again = tariff_from_csv(tariff_to_csv(first.tariff));
    EXPECT_THAT(told(again.errors), IsEmpty());
    again.tariff.version = first.tariff.version;
    EXPECT_EQ(again.tariff, first.tariff);
}

TEST(FlatTariff, NamesLineAndColumnOfWhatCannotBe) {
    const std::string header =
        "record,courier,service,area,postal,zone,first_price,valid_from,valid_to,date,kind,"
        "amount,of,name\n";
    EXPECT_THAT(told(tariff_from_csv(header + "service,A,B,,,,,,,,,,,\n"
                                              "rate,A,B,31,175*,,1,,,,,,,\n"
                                              "rate,A,B,,9-1,,1,,,,,,,\n"
                                              "rate,A,B,,,far,1,,,,,,,\n"
                                              "rate,A,B,32,,,1,2026-02-01,2026-01-31,,,,,\n"
                                              "surcharge,A,,,,,,,,,flat,5,fuel,x\n")
                         .errors),
                testing::UnorderedElementsAre(
                    HasSubstr("line 3, postal: stands beside area"),
                    HasSubstr("line 4, postal: is no code, range"),
                    HasSubstr("line 5, zone: no place lies in zone far"),
                    HasSubstr("line 6, valid_to: is before valid_from"),
                    HasSubstr("line 7, of: needs kind"),
                    HasSubstr("line 7, of: no surcharge before it is named fuel")));
    EXPECT_THAT(told(tariff_from_csv(header + "service,A,B,,,,,2026-02-30,,,,,,\n").errors),
                ElementsAre("line 2, valid_from: is '2026-02-30'; must be a day such as "
                            "2025-08-18"));
}

SheetService dhl() {
    SheetService of;
    of.service.courier = "DHL";
    of.service.code = "EXP";
    of.service.step_g = 500;
    of.currency = {"USD", 2};
    of.country = "US";
    return of;
}

std::string total(const rating::TariffRows& tariff, const char* country, const char* area,
                  const char* postal, std::int64_t gross_g) {
    const auto book = rating::make_rate_book(tariff);
    if (!book) return book.error()[0].column + " " + book.error()[0].reason;
    rating::Request request{"DHL", "EXP", area, grams(gross_g), {{1}, {1}, {1}}, {}, {}};
    request.country = country;
    request.postal_code = postal;
    const auto found = rating::quote(*book, request);
    return found ? std::to_string(found->total.value) : found.error().what;
}

TEST(MagentoRates, BecomeBandsFromTheirWeightOn) {
    const auto in = magento_rates_from_csv(
        "Country,Region/State,\"Zip/Postal Code\",\"Weight (and above)\",\"Shipping Price\"\n"
        "US,*,*,0,10.0000\nUS,*,*,5.0000,25.5000\nUS,CA,*,0,9.9900\n"
        "US,*,902*,0,7\n*,*,*,0,40\n",
        dhl());
    ASSERT_THAT(told(in.errors), IsEmpty());
    EXPECT_EQ(total(in.part, "US", "NY", "10001", 4500), "1000");
    EXPECT_EQ(total(in.part, "US", "NY", "10001", 4501), "2550");  // billed as 5 kg: and above
    EXPECT_EQ(total(in.part, "US", "CA", "10001", 100), "999");
    EXPECT_EQ(total(in.part, "US", "CA", "90210", 100), "700");
    EXPECT_EQ(total(in.part, "DE", "", "", 100), "4000");
}

TEST(MagentoRates, TellBadRows) {
    const auto in = magento_rates_from_csv(
        "Country,Region/State,Zip/Postal Code,Weight (and above),Shipping Price\n"
        "USX,*,*,0,1\nUS,*,*,1,-5\nUS,*,*,x,5\nUS,*,*,1,1.005\nUS,*,*,1,2\nUS,*,*,1,3\n",
        dhl());
    EXPECT_THAT(told(in.errors),
                ElementsAre(HasSubstr("line 2, country: is no ISO 3166"),
                            HasSubstr("line 3, shipping price: is '-5'"),
                            HasSubstr("line 4, weight (and above): is 'x'"),
                            HasSubstr("line 5, shipping price: is '1.005'"),
                            HasSubstr("line 6, weight (and above): is the least for its place"),
                            HasSubstr("line 7, weight (and above): is on line 6 already")));
}

// As Magento 2.4 writes it: countries in three letters, four decimals everywhere.
TEST(MagentoRates, TakeTheFileThatMagentoExports) {
    const auto in = magento_rates_from_csv(
        "Country,Region/State,\"Zip/Postal Code\",\"Weight (and above)\",\"Shipping Price\"\n"
        "*,*,*,0.0000,40.0000\nUSA,*,*,0.0000,15.0000\nUSA,*,*,2.5000,20.0000\n"
        "USA,AK,*,0.0000,35.0000\nUSA,*,00501,0.0000,9.0000\nIDN,*,*,0.0000,12.0000\n",
        dhl());
    ASSERT_THAT(told(in.errors), IsEmpty());
    EXPECT_EQ(total(in.part, "US", "NY", "10001", 2000), "1500");
    EXPECT_EQ(total(in.part, "US", "NY", "10001", 2500), "2000");
    EXPECT_EQ(total(in.part, "US", "AK", "99501", 100), "3500");
    EXPECT_EQ(total(in.part, "US", "NY", "00501", 100), "900");
    EXPECT_EQ(total(in.part, "US", "NY", "00501-0001", 100), "900");  // its first part, as there
    EXPECT_EQ(total(in.part, "ID", "", "", 100), "1200");
    EXPECT_EQ(total(in.part, "SG", "", "", 100), "4000");
}

TEST(MagentoRates, RefuseStepsThatAreNoWeight) {
    const std::string head = "Country,Region/State,Zip/Postal Code,";
    const auto subtotal = magento_rates_from_csv(
        head + "Order Subtotal (and above),Shipping Price\nUSA,*,*,0,15\nUSA,*,*,50,0\n", dhl());
    EXPECT_THAT(told(subtotal.errors),
                ElementsAre(HasSubstr("line 3, order subtotal (and above): is no weight")));
    const auto items = magento_rates_from_csv(
        head + "# of Items (and above),Shipping Price\nUSA,*,*,3,15\n", dhl());
    EXPECT_THAT(told(items.errors),
                ElementsAre(HasSubstr("line 2, # of items (and above): is no weight")));
    const auto flat = magento_rates_from_csv(
        head + "# of Items (and above),Shipping Price\nUSA,*,*,0.0000,15\n", dhl());
    ASSERT_THAT(told(flat.errors), IsEmpty());
    EXPECT_EQ(total(flat.part, "US", "", "", 30'000), "1500");
    EXPECT_THAT(told(magento_rates_from_csv(head + "Shipping Price\nUSA,*,*,1\n", dhl()).errors),
                ElementsAre("line 1, weight (and above): is missing from the header"));
    EXPECT_THAT(told(magento_rates_from_csv("Country,Weight (and above),# of Items (and above),"
                                            "Shipping Price\nUSA,0,0,1\n",
                                            dhl())
                         .errors),
                ElementsAre(HasSubstr("stands beside another condition")));
}

TEST(MagentoRates, KnowEachCountryByItsThreeLetters) {
    EXPECT_EQ(country_of_three_letters("ABW"), "AW");
    EXPECT_EQ(country_of_three_letters("IDN"), "ID");
    EXPECT_EQ(country_of_three_letters("GBR"), "GB");
    EXPECT_EQ(country_of_three_letters("ZWE"), "ZW");
    for (const auto* none : {"", "US", "usa", "XXX", "AWA", "USAX"})
        EXPECT_EQ(country_of_three_letters(none), "") << none;
}

TEST(ZoneGrid, JoinsTheChartAndTheWeights) {
    const auto in = zone_grid_from_csv(
        "country,postal,zone\nSG,,1\nDE,,4\nDE,10000-10999,3\n*,,9\n",
        "up_to,price,1,3,4,9\n0.5,total,20.00,30,35,60\n1,,22,33,39,\n30,per_unit,12,15,18.5,40\n",
        dhl());
    ASSERT_THAT(told(in.errors), IsEmpty());
    ASSERT_THAT(told(in.grid_errors), IsEmpty());
    EXPECT_EQ(total(in.part, "SG", "", "", 500), "2000");
    EXPECT_EQ(total(in.part, "SG", "", "", 501), "2200");
    EXPECT_EQ(total(in.part, "DE", "", "10115", 500), "3000");
    EXPECT_EQ(total(in.part, "DE", "", "20095", 2500), "5550");  // 3 begun kilograms at 18.50
    EXPECT_EQ(total(in.part, "US", "", "", 800), "4000");        // the empty cell is no row
    EXPECT_THAT(total(in.part, "SG", "", "", 30'001), HasSubstr("rates up to 30 kg"));
}

TEST(ZoneGrid, TellsUnknownZonesAndBadCells) {
    const auto in = zone_grid_from_csv("country,zone\nSG,1\n", "up_to,1,7\n0.5,1,1\n", dhl());
    EXPECT_THAT(told(in.grid_errors), ElementsAre("line 1, 7: is no zone of the chart"));
    const auto cells =
        zone_grid_from_csv("country,zone\nSG,1\n", "up_to,1\n0,1\n0.5,abc\n1,2,3\n", dhl());
    EXPECT_THAT(told(cells.grid_errors),
                ElementsAre("line 2, up_to: is 0", HasSubstr("line 3, 1: is 'abc'"),
                            "line 4: has 3 cells, but the header has 2"));
}

TEST(WithService, ReplacesOnlyWhatTheSheetGives) {
    auto whole = tariff_from_csv(kEverything).tariff;
    const auto part =
        magento_rates_from_csv("Country,Weight (and above),Shipping Price\nUS,0,5\n", dhl()).part;
    whole = with_service(whole, part);
    whole = with_service(whole, part);  // again: nothing doubles
    EXPECT_EQ(whole.services.size(), 2u);
    EXPECT_EQ(whole.rates.size(), 3u);
    EXPECT_EQ(whole.surcharges.size(), 3u);
    whole.version = "v";
    EXPECT_TRUE(rating::make_rate_book(whole));
}

TEST(TariffDiff, TellsWhatIsNewChangedAndGone) {
    const auto before = tariff_from_csv(kEverything).tariff;
    EXPECT_EQ(compare(before, before, 20).same, 10);
    auto after = before;
    after.rates.push_back({"UPS", "GROUND", "CA", 1000, {5}, {}});
    auto rows = after.rates;
    after.rates.clear();
    for (auto row : rows) {
        if (row.zone == "2") row.first_price = {1100};
        after.rates.push_back(row);
    }
    after.surcharges[1].amount = 1900;
    after.holidays.clear();
    const auto diff = compare(before, after, 20);
    EXPECT_EQ(diff.fresh, 1);
    EXPECT_EQ(diff.changed, 2);
    EXPECT_EQ(diff.removed, 1);
    EXPECT_EQ(diff.same, 7);
    EXPECT_THAT(diff.examples,
                testing::UnorderedElementsAre("+ rate CA UPS GROUND", "- holiday * 2026-12-25",
                                              "~ rate UPS GROUND 1000 2: first_price 1050 -> 1100",
                                              HasSubstr("fuel *: basis_points 1850 -> 1900")));
    EXPECT_EQ(compare({}, before, 2).fresh, 10);
    EXPECT_EQ(compare({}, before, 2).examples.size(), 2u);
}

// ---- names of areas -----------------------------------------------------------------------------

TEST(AreaNames, ForgetTitlesButTellThemApart) {
    const AreaNames names({{"32.16", "Kabupaten Bekasi", "Jawa Barat"},
                           {"32.75", "Kota Bekasi", "Jawa Barat"},
                           {"32.16.09", "Cikarang Utara", "Kabupaten Bekasi"},
                           {"11.01.05", "Sukamakmur", "Kabupaten Aceh Besar"},
                           {"32.01.30", "Sukamakmur", "Kabupaten Bogor"}},
                          {{"BKI-10", "32.16.09"}});
    EXPECT_EQ(names.match("KAB. BEKASI", "").code, "32.16");
    EXPECT_EQ(names.match("KOTA BEKASI", "JAWA BARAT").code, "32.75");
    EXPECT_EQ(names.match("bki-10", "").code, "32.16.09");
    EXPECT_EQ(names.match("KEC. CIKARANG  UTARA", "Kab. Bekasi").code, "32.16.09");
    EXPECT_EQ(names.match("CIKARANG UTARA", "KOTA BEKASI").code, "");
    const auto both = names.match("Sukamakmur", "");
    EXPECT_EQ(both.code, "");
    EXPECT_THAT(both.why, HasSubstr("the name of 2 areas"));
    EXPECT_EQ(both.suggestions.size(), 2u);
    EXPECT_EQ(names.match("Sukamakmur", "Kab Bogor").code, "32.01.30");
    const auto typo = names.match("Cikarng Utara", "Kabupaten Bekasi");
    EXPECT_EQ(typo.code, "");
    ASSERT_EQ(typo.suggestions.size(), 1u);
    EXPECT_EQ(typo.suggestions[0].code, "32.16.09");
    EXPECT_THAT(names.match("Atlantis", "").why, HasSubstr("give an alias"));
}

TEST(AreaNames, EditDistanceIsTheLeastNumberOfLetters) {
    EXPECT_EQ(edit_distance("BEKASI", "BEKASI", 3), 0u);
    EXPECT_EQ(edit_distance("BEKASI", "BKASI", 3), 1u);
    EXPECT_EQ(edit_distance("KITTEN", "SITTING", 5), 3u);
    EXPECT_EQ(edit_distance("KITTEN", "SITTING", 2), 3u);
    EXPECT_EQ(edit_distance("", "ABC", 5), 3u);
}

TEST(AreaTables, PutCodesInPlaceOfNamesAndKeepTheLines) {
    const auto areas = areas_from_csv(
        "code,name,parent\n32.16.09,Cikarang Utara,Kabupaten Bekasi\n"
        "32.16.10,Cikarang Barat,Kabupaten Bekasi\n31.71,KOTA ADM. JAKARTA PUSAT,DKI Jakarta\n");
    const auto aliases = aliases_from_csv("theirs,code\nJKT Pusat,31.71\n");
    ASSERT_THAT(areas.errors, IsEmpty());
    ASSERT_THAT(aliases.errors, IsEmpty());
    const AreaNames names(areas.rows, aliases.rows);
    const auto coded = with_area_codes(
        "zone,Area \n1,\"Cikarang Utara, Bekasi\"\n\n1,jkt pusat\n2,32.75\n3,*\n", "area", names);
    EXPECT_THAT(told(coded.errors), IsEmpty());
    EXPECT_EQ(coded.csv, "zone,Area \n1,32.16.09\n\n1,31.71\n2,32.75\n3,*\n");
    const auto unknown = with_area_codes("zone,area\n\n1,Cikarang Utra\n", "area", names);
    EXPECT_THAT(told(unknown.errors),
                ElementsAre(testing::AllOf(
                    HasSubstr("line 3, area: has 'Cikarang Utra'"),
                    HasSubstr("nearest: 32.16.09 Cikarang Utara (Kabupaten Bekasi)"))));
    EXPECT_EQ(with_area_codes("zone,postal\n1,17530\n", "area", names).csv,
              "zone,postal\n1,17530\n");
}

TEST(AreaTables, RefuseAnAliasThatIsGivenTwice) {
    EXPECT_THAT(told(aliases_from_csv("theirs,code\nA,1\na,2\n").errors),
                ElementsAre("line 3, theirs: 'a' is on line 2 already"));
    EXPECT_THAT(told(areas_from_csv("code,name\n1,\n").errors),
                ElementsAre("line 2, name: is empty"));
}

}  // namespace
}  // namespace kemas::intake
