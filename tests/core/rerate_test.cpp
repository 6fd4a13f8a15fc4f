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
    InvoiceReport held(const std::vector<Asked>& lines) const {
        const auto book = *make_rate_book(t);
        Rerating rerating(book, t);
        for (const auto& line : lines)
            rerating.add({"R", {line.amount}, line.billed}, line.request);
        return rerating.report();
    }
    std::string why(const Asked& line) const {
        const auto report = held({line});
        if (report.differences.empty()) return "same";
        const auto& told = report.differences.front();
        return std::string(to_text(told.habit)) + ": " + told.how;
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
                    Pair(Pair(Habit::rounding, "rounded up instead of tolerance"),
                         testing::AllOf(testing::Field(&HabitSum::parcels, 3),
                                        testing::Field(&HabitSum::difference, Money{27'000})))));
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
