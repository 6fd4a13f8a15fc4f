// A courier's invoice over a real ledger: which tariff prices which parcel, in slices.
#include "app/invoice_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/array.hpp>

#include "tests/support/story.hpp"

namespace kemas::app {
namespace {

using testing::Story;

// A kilogram of JNE REG costs this anywhere.
void import_tariff(Story& story, const std::string& version, std::int64_t price) {
    rating::TariffRows tariff;
    tariff.currency = {"IDR", 0};
    rating::ServiceRow regular;
    regular.courier = "JNE";
    regular.code = "REG";
    tariff.services = {regular};
    tariff.rates = {{"JNE", "REG", "", 1000, {price}, {price}}};
    ASSERT_EQ(story.says(TariffImported{version + ".csv", version, tariff}), "+imported");
}

// Parcels labelled under tariff t1 at 9000, as a ledger from before has them: without their
// version.
class InvoiceRunTest : public ::testing::Test {
 protected:
    InvoiceRunTest() : site_(std::make_shared<Site>(testing::small_site())) {
        story_.skus().stock();
    }

    void label(int parcels) {
        story_.numbers();
        EXPECT_EQ(story_.scan("bench-1", "B-ANA"), "+signed_in");
        for (int i = 1; i <= parcels; ++i) {
            const auto number = "W-" + std::to_string(i);
            const auto before = static_cast<std::uint64_t>(i - 1);
            if (before > 0) story_.says(LoadDisturbed{"scale-1", before}, "bench-1");  // lifted
            story_.order(Story::draft(number, {{"MUG-RED", 1}}));
            EXPECT_EQ(story_.scan("bench-1", number), "+order_open");
            EXPECT_EQ(story_.scan("bench-1", "4006381333931"), "+weigh_now");
            EXPECT_EQ(story_.weigh("bench-1", 360), "+label_coming");
            EXPECT_EQ(story_.draw(), "+label_printing");
            EXPECT_EQ(story_.start_print(), "+effect_started");
            EXPECT_EQ(story_.end_print(Outcome::done), "+label_printed");
            EXPECT_EQ(story_.scan("bench-1", "RESI000" + std::to_string(i)), "+staged");
        }
        write("UPDATE parcels SET tariff = ''");
    }
    void write(const char* sql) {
        ledger::Database db(story_.path(), {});
        db.script(sql);
    }

    struct Asked {
        std::string number;
        std::int64_t amount;
    };
    boost::json::object report(const std::vector<Asked>& asked, std::size_t most_versions = 16) {
        std::vector<rating::InvoiceLine> lines;
        for (const auto& each : asked)
            lines.push_back({each.number, {each.amount}, {}, static_cast<int>(lines.size()) + 2});
        InvoiceRun run(std::move(lines), site_, std::make_shared<RateShelf>(),
                       rating::Tongue::english, most_versions);
        ledger::Database db(story_.path(), {true, ""});
        ledger::SqlBooks books(db, *site_);
        slices_ = 1;
        while (!run.go_on({db, books})) ++slices_;
        return run.report();
    }
    static std::vector<std::string> tariffs(const boost::json::object& report) {
        std::vector<std::string> out;
        for (const auto& each : report.at("tariffs").as_array()) {
            const auto& one = each.as_object();
            out.push_back(std::string(one.at("tariff").as_string()) + " " +
                          std::to_string(one.at("parcels").as_int64()) + " " +
                          std::string(one.at("note").as_string()));
        }
        return out;
    }

    Story story_;
    std::shared_ptr<const Site> site_;
    int slices_ = 0;
};

const std::string kOfItsDay = " by the tariff that was in force when its label was made";
const std::string kOfNow = " by the tariff in force now: its own is not known";

TEST_F(InvoiceRunTest, PricesAnOlderParcelByTheTariffOfItsLabel) {
    story_.tariff();
    label(1);
    story_.pass(1000);
    import_tariff(story_, "t2", 9900);
    const auto told = report({{"RESI0001", 9000}, {"NOBODYS", 1}});
    EXPECT_EQ(told.at("same"), 1);
    EXPECT_EQ(told.at("tariff"), "t2");
    EXPECT_EQ(told.at("unknown").as_array().at(0), "NOBODYS");
    EXPECT_THAT(tariffs(told), ::testing::ElementsAre("t1 1" + kOfItsDay));
}

TEST_F(InvoiceRunTest, PricesAParcelByTheVersionThatItNames) {
    story_.tariff();
    label(2);
    story_.pass(1000);
    import_tariff(story_, "t2", 9900);
    write("UPDATE parcels SET tariff = 't2' WHERE tracking_number = 'RESI0002'");
    const auto told = report({{"RESI0001", 9000}, {"RESI0002", 9000}});
    EXPECT_EQ(told.at("same"), 1);
    const auto& row = told.at("differences").as_array().at(0).as_object();
    EXPECT_EQ(row.at("tracking_number"), "RESI0002");
    EXPECT_EQ(row.at("tariff"), "t2");
    EXPECT_EQ(row.at("tariff_note"), "");
    EXPECT_EQ(row.at("ours"), 9900);
    EXPECT_THAT(tariffs(told), ::testing::ElementsAre("t1 1" + kOfItsDay, "t2 1 "));
}

TEST_F(InvoiceRunTest, NamesACourierThatBillsByAnotherVersion) {
    story_.tariff();
    label(1);
    story_.pass(1000);
    import_tariff(story_, "t2", 9900);
    const auto told = report({{"RESI0001", 9900}});
    const auto& habit = told.at("habits").as_array().at(0).as_object();
    EXPECT_EQ(habit.at("habit"), "tariff");
    EXPECT_EQ(habit.at("how"), "the prices in force now, not those of the label");
}

TEST_F(InvoiceRunTest, SaysWhereOnlyTheTariffInForceIsKnown) {
    story_.tariff();
    label(2);
    write("UPDATE parcels SET tariff = 'of another ledger' WHERE tracking_number = 'RESI0001'");
    write("UPDATE parcels SET labelled_at = 1 WHERE tracking_number = 'RESI0002'");
    const auto told = report({{"RESI0001", 9000}, {"RESI0002", 18'000}});
    EXPECT_EQ(told.at("same"), 1);
    EXPECT_EQ(told.at("differences").as_array().at(0).as_object().at("tariff_note").as_string(),
              kOfNow.substr(1).c_str());
    EXPECT_EQ(tariffs(told).back(), "t1 2" + kOfNow);
}

TEST_F(InvoiceRunTest, WorksInSlicesWhateverItsLength) {
    story_.tariff();
    label(1);
    std::vector<Asked> many;
    for (int i = 0; i < 1200; ++i) many.push_back({"NOBODYS-" + std::to_string(i), 1});
    many.push_back({"RESI0001", 9000});
    EXPECT_EQ(report(many).at("unknown").as_array().size(), 1200u);
    EXPECT_GE(slices_, 4);
    EXPECT_EQ(report({}).at("parcels"), 0);
}

TEST_F(InvoiceRunTest, LoadsTheVersionsOfMostParcelsAndSaysWhichItDidNot) {
    story_.tariff();
    label(4);
    import_tariff(story_, "v1", 10'000);
    import_tariff(story_, "v2", 11'000);
    import_tariff(story_, "v3", 12'000);
    write("UPDATE parcels SET tariff = 'v1'");
    write("UPDATE parcels SET tariff = 'v2' WHERE tracking_number = 'RESI0002'");
    write("UPDATE parcels SET tariff = 'v3' WHERE tracking_number = 'RESI0003'");
    const std::vector<Asked> asked{
        {"RESI0001", 10'000}, {"RESI0002", 11'000}, {"RESI0003", 12'000}, {"RESI0004", 10'000}};
    EXPECT_EQ(report(asked).at("same"), 4);
    const auto told = report(asked, 2);
    EXPECT_EQ(told.at("same"), 3);
    EXPECT_EQ(told.at("differences").as_array().at(0).as_object().at("tracking_number"),
              "RESI0002");
    EXPECT_THAT(tariffs(told), ::testing::ElementsAre("v1 2 ", "v3 1 ", "v3 1" + kOfNow));
}

}  // namespace
}  // namespace kemas::app
