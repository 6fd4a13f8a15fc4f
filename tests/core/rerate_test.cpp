#include "core/rating/rerate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kemas::rating {
namespace {

using testing::Pair;
using testing::UnorderedElementsAre;

struct Invoice {
    TariffRows t;

    Invoice() {
        t.version = "v";
        t.currency = {"IDR", 0};
        ServiceRow reg;
        reg.courier = "JNE";
        reg.code = "REG";
        reg.divisor = 6000;
        reg.rounding = Rounding::tolerance;
        reg.tolerance_g = 300;
        t.services = {reg};
        t.rates = {{"JNE", "REG", "31", 1000, {9000}, {9000}},
                   {"JNE", "REG", "32", 1000, {11'000}, {11'000}}};
        SurchargeRow insurance;
        insurance.courier = "JNE";
        insurance.service = "*";
        insurance.name = "insurance";
        insurance.amount = 5000;
        insurance.when = When::insured;
        t.surcharges = {insurance};
    }
    static Request parcel(std::int64_t weight_g, Size outer = {{100}, {100}, {100}}) {
        Request request;
        request.courier = "JNE";
        request.service = "REG";
        request.area_code = "31.71";
        request.gross = grams(weight_g);
        request.outer = outer;
        return request;
    }
    struct Asked {
        std::int64_t amount;
        Request request;
        Milligrams billed{};
    };
    InvoiceReport held(const std::vector<Asked>& lines, Tongue tongue = Tongue::english) const {
        const auto book = *make_rate_book(t);
        Rerating rerating({"IDR", 0}, tongue);
        rerating.use(book, t, book);
        int place = 0;
        for (const auto& line : lines)
            rerating.add({"R", {line.amount}, line.billed, ++place}, line.request);
        return rerating.report();
    }
    static std::string said(const InvoiceReport& report) {
        if (report.differences.empty()) return "same";
        const auto& told = report.differences.front();
        return std::string(to_text(told.habit)) + ": " + told.how;
    }
    std::string why(const Asked& line, Tongue tongue = Tongue::english) const {
        return said(held({line}, tongue));
    }
    // Of the one habit that an invoice of one line has.
    std::string claim(const Asked& line, Tongue tongue = Tongue::english) const {
        return held({line}, tongue).habits.begin()->second.write;
    }
};

TEST(Rerating, LeavesWhatAgreesAlone) {
    const Invoice invoice;
    const auto report =
        invoice.held({{9000, Invoice::parcel(1300)}, {18'000, Invoice::parcel(1301)}});
    EXPECT_EQ(report.parcels, 2);
    EXPECT_EQ(report.same, 2);
    EXPECT_TRUE(report.differences.empty());
    EXPECT_EQ(report.theirs, report.ours);
}

TEST(Rerating, NamesTheHabitThatMakesTheirSum) {
    const Invoice invoice;
    // 30 x 25 x 20 cm = 15000 cm3: 2.5 kg by 6000, 3 kg by 5000, 3.75 kg by 4000.
    const Size large{{300}, {250}, {200}};
    EXPECT_EQ(invoice.why({36'000, Invoice::parcel(500, large)}),
              "divisor: divisor 4000 instead of 6000");
    EXPECT_EQ(invoice.why({9000, Invoice::parcel(500, large)}), "divisor: volume not counted");
    EXPECT_EQ(invoice.why({18'000, Invoice::parcel(1300), grams(2000)}),
              "rounding: rounded up instead of tolerance");
    EXPECT_EQ(invoice.why({11'000, Invoice::parcel(700)}), "zone: the rate for 32");
    EXPECT_EQ(invoice.why({14'000, Invoice::parcel(700)}), "surcharge: insurance charged");
    EXPECT_EQ(invoice.why({27'000, Invoice::parcel(700), grams(3000)}),
              "minimum: at least 3 kg instead of 0 kg");
    EXPECT_EQ(invoice.why({54'000, Invoice::parcel(700), grams(6000)}),
              "weight: weighed or measured otherwise");
    EXPECT_EQ(invoice.why({9100, Invoice::parcel(700)}), "unknown: ");
}

TEST(Rerating, PrefersTheHabitThatExplainsTheWholeInvoice) {
    const Invoice invoice;
    // 1.25 kg as 2 kg: rounded up, or to the nearest, or with 0.2 kg of tolerance. 1.15 kg as 2 kg
    // cannot be 0.2 kg of tolerance, nor to the nearest.
    const auto report = invoice.held({{18'000, Invoice::parcel(1250), grams(2000)},
                                      {18'000, Invoice::parcel(1150), grams(2000)},
                                      {18'000, Invoice::parcel(1050), grams(2000)}});
    EXPECT_THAT(report.habits,
                UnorderedElementsAre(
                    Pair(HabitKey{Habit::rounding, "rounded up instead of tolerance"},
                         testing::AllOf(testing::Field(&HabitSum::parcels, 3),
                                        testing::Field(&HabitSum::difference, Money{27'000})))));
}

TEST(Rerating, NamesWhatWasChargedThatNobodyAskedFor) {
    Invoice invoice;
    SurchargeRow crate;
    crate.courier = "JNE";
    crate.service = "*";
    crate.name = "crate";
    crate.amount = 7000;
    crate.when = When::wooden;
    invoice.t.surcharges.push_back(crate);
    invoice.t.services[0].dangerous_allowed = true;
    crate.name = "hazard";
    crate.amount = 3000;
    crate.when = When::dangerous;
    invoice.t.surcharges.push_back(crate);
    EXPECT_EQ(invoice.why({16'000, Invoice::parcel(700)}), "surcharge: wooden packing charged");
    EXPECT_EQ(invoice.why({12'000, Invoice::parcel(700)}), "surcharge: charged as dangerous goods");
    auto insured = Invoice::parcel(700);
    insured.insured = true;
    EXPECT_EQ(invoice.why({9000, insured}), "surcharge: insurance not charged");
    EXPECT_EQ(invoice.why({14'000, insured}), "same");
}

TEST(Rerating, ExplainsInIndonesian) {
    const Invoice invoice;
    constexpr auto id = Tongue::indonesian;
    const Size large{{300}, {250}, {200}};
    EXPECT_EQ(invoice.why({36'000, Invoice::parcel(500, large)}, id),
              "divisor: pembagi 4000, bukan 6000");
    EXPECT_EQ(invoice.why({9000, Invoice::parcel(500, large)}, id),
              "divisor: volume tidak dihitung");
    EXPECT_EQ(invoice.why({18'000, Invoice::parcel(1300), grams(2000)}, id),
              "rounding: dibulatkan ke atas, bukan dengan toleransi");
    EXPECT_EQ(invoice.why({11'000, Invoice::parcel(700)}, id), "zone: tarif untuk 32");
    EXPECT_EQ(invoice.why({27'000, Invoice::parcel(700), grams(3000)}, id),
              "minimum: paling sedikit 3 kg, bukan 0 kg");
    auto nowhere = Invoice::parcel(700);
    nowhere.area_code = "99";
    EXPECT_THAT(invoice.why({9000, nowhere}, id), testing::HasSubstr("tidak punya tarif ke"));
}

TEST(Rerating, SaysWhatToWriteToTheCourier) {
    const Invoice invoice;
    const Invoice::Asked rounded{18'000, Invoice::parcel(1300), grams(2000)};
    EXPECT_EQ(invoice.claim(rounded),
              "Please credit IDR 9000 for 1 parcel (rounded up instead of tolerance): weights are "
              "rounded as our contract says.");
    EXPECT_EQ(invoice.claim(rounded, Tongue::indonesian),
              "Mohon kreditkan IDR 9000 untuk 1 paket (dibulatkan ke atas, bukan dengan "
              "toleransi): berat dibulatkan menurut kontrak kita.");
    auto insured = Invoice::parcel(700);
    insured.insured = true;
    EXPECT_EQ(invoice.claim({9000, insured}),
              "Nothing to claim: they ask IDR 5000 less for 1 parcel (insurance not charged); "
              "import the tariff if the contract has changed.");
    EXPECT_EQ(invoice.claim({9100, Invoice::parcel(700)}),
              "Please credit IDR 100 for 1 parcel: please tell how each amount came about.");
    auto nowhere = Invoice::parcel(700);
    nowhere.area_code = "99";
    EXPECT_THAT(invoice.claim({9000, nowhere}), testing::StartsWith("Write nothing yet"));
}

// Two parcels of one weight, priced before and after the price went up on an import.
TEST(Rerating, PricesEachParcelByItsOwnVersionAndKeepsTheirOrder) {
    Invoice before, after;
    after.t.version = "w";
    after.t.rates = {{"JNE", "REG", "31", 1000, {10'000}, {10'000}}};
    const auto old_book = *make_rate_book(before.t), new_book = *make_rate_book(after.t);
    Rerating rerating({"IDR", 0});
    rerating.use(new_book, after.t, new_book);
    rerating.add({"B", {10'000}, {}, 2}, Invoice::parcel(700));
    rerating.add({"D", {11'000}, {}, 4}, Invoice::parcel(700));
    rerating.use(old_book, before.t, new_book);
    rerating.add({"A", {9000}, {}, 1}, Invoice::parcel(700));
    rerating.add({"C", {18'000}, grams(2000), 3}, Invoice::parcel(700));
    rerating.add({"E", {10'000}, {}, 5}, Invoice::parcel(800));  // by the prices of now
    const auto report = rerating.report();
    EXPECT_EQ(report.parcels, 5);
    EXPECT_EQ(report.same, 2);
    ASSERT_EQ(report.differences.size(), 3u);
    EXPECT_EQ(report.differences[0].theirs.reference, "C");
    EXPECT_EQ(report.differences[0].version, "v");
    EXPECT_EQ(report.differences[1].theirs.reference, "D");
    EXPECT_EQ(report.differences[1].version, "w");
    EXPECT_EQ(report.differences[2].habit, Habit::tariff);
}

TEST(Rerating, LeavesAVersionInAnotherCurrencyUnpriced) {
    Invoice dollars;
    dollars.t.currency = {"USD", 2};
    const auto book = *make_rate_book(dollars.t);
    Rerating rerating({"IDR", 0});
    rerating.use(book, dollars.t, book);
    rerating.add({"A", {9000}, {}, 1}, Invoice::parcel(700));
    EXPECT_EQ(Invoice::said(rerating.report()),
              "unknown: its tariff is in USD, the one in force in IDR");
}

TEST(Rerating, SaysWhyThereIsNoPriceOfOurs) {
    const Invoice invoice;
    auto request = Invoice::parcel(700);
    request.area_code = "99";
    const auto report = invoice.held({{9000, request}});
    EXPECT_EQ(report.differences.at(0).habit, Habit::unknown);
    EXPECT_THAT(report.differences.at(0).how, testing::HasSubstr("has no rate to area 99"));
}

}  // namespace
}  // namespace kemas::rating
