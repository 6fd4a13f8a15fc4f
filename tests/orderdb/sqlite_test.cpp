#include <sqlite3.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "tests/orderdb/shop.hpp"

namespace kemas::test {
namespace {

namespace fs = std::filesystem;

class SqliteOrderDb : public ::testing::Test {
 protected:
    SqliteOrderDb() {
        char name[] = "/tmp/kemas-orderdb-XXXXXX";
        folder_ = ::mkdtemp(name);
        options_.connect = (folder_ / "orders.db").string();
        must(orderdb::create_schema(options_, KEMAS_SOURCE_DIR "/config/orderdb"));
        if (sqlite3_open(options_.connect.c_str(), &shop_) != SQLITE_OK) std::abort();
        db_ = must(orderdb::open_order_db(options_));
    }
    ~SqliteOrderDb() override {
        sqlite3_close(shop_);
        fs::remove_all(folder_);
    }
    // The shop speaks: rows as "a|b", one a line.
    std::string shop(const std::string& sql) {
        std::string rows;
        char* error = nullptr;
        const auto add = [](void* out, int count, char** values, char**) {
            for (int i = 0; i < count; ++i) {
                *static_cast<std::string*>(out) +=
                    (i == 0 ? "" : "|") + std::string(values[i] ? values[i] : "NULL");
            }
            *static_cast<std::string*>(out) += '\n';
            return 0;
        };
        if (sqlite3_exec(shop_, sql.c_str(), add, &rows, &error) != SQLITE_OK) {
            const std::string why = error;
            sqlite3_free(error);
            throw std::runtime_error(why);
        }
        if (!rows.empty()) rows.pop_back();
        return rows;
    }
    std::string fault_of(const Pulled& pulled) { return std::get<PulledFault>(pulled).why; }

    fs::path folder_;
    orderdb::OrderDbOptions options_;
    sqlite3* shop_ = nullptr;
    std::unique_ptr<OrderDb> db_;
};

TEST_F(SqliteOrderDb, ReadsAnOrderWithItsLinesUntilItIsAnswered) {
    shop(order_sql(1));
    const auto pulled = must(db_->pull(10));
    ASSERT_EQ(pulled.size(), 1u);
    const auto& order = std::get<PulledOrder>(pulled[0]);
    EXPECT_EQ(order.draft.key, (OrderKey{"webstore", "main", "W-1"}));
    EXPECT_EQ(order.draft.lines, (std::vector<DraftLine>{{"MUG", 2}, {"TEA", 1}}));
    EXPECT_EQ(order.draft.cod, Money{150000});
    EXPECT_EQ(order.draft.ship_to.city, "Bogor");
    EXPECT_EQ(order.draft.ship_by, Instant{1795251600000});
    EXPECT_FALSE(order.draft.arranged);
    EXPECT_EQ(must(db_->pull(10)).size(), 1u) << "an unanswered row comes again";

    must(db_->answer({{order.ref, true, ""}}));
    must(db_->answer({{order.ref, true, "again"}}));
    EXPECT_TRUE(must(db_->pull(10)).empty());
    EXPECT_EQ(shop("select answer from kemas_orders"), "taken");
}

TEST_F(SqliteOrderDb, ReadsAShipmentOfTheChannel) {
    shop(order_sql(1));
    shop(
        "update kemas_orders set arranged_courier = 'J&T', tracking_number = 'JP1', label_zpl = "
        "'^XA^XZ'");
    const auto pulled = must(db_->pull(1));
    const auto& draft = std::get<PulledOrder>(pulled[0]).draft;
    ASSERT_TRUE(draft.arranged);
    EXPECT_EQ(draft.arranged->tracking_number, "JP1");
}

TEST_F(SqliteOrderDb, AnEditDuringTheAnswerComesAgain) {
    shop(order_sql(1));
    const auto before = must(db_->pull(1));
    shop("update kemas_orders set note = 'gift', revision = revision + 1, answered_at = null");
    must(db_->answer({{std::get<PulledOrder>(before[0]).ref, true, "taken"}}));
    const auto after = must(db_->pull(1));
    ASSERT_EQ(after.size(), 1u);
    EXPECT_EQ(std::get<PulledOrder>(after[0]).draft.note, "gift");
}

TEST_F(SqliteOrderDb, NamesEveryMistakeOfARow) {
    shop(order_sql(1) + order_sql(2) + order_sql(3));
    shop(
        "update kemas_order_lines set quantity = 0 where order_id = 1 and line_no = 2;"
        "update kemas_orders set ship_by = 'tomorrow' where id = 1;"
        "delete from kemas_order_lines where order_id = 2;"
        "update kemas_orders set channel = '', arranged_courier = 'JNE' where id = 3;");
    const auto pulled = must(db_->pull(10));
    ASSERT_EQ(pulled.size(), 3u);
    EXPECT_EQ(fault_of(pulled[0]),
              "ship_by is 'tomorrow': must look like 2026-11-21T16:00:00+07:00; "
              "line 2 quantity is 0; must be 1 to 1000000");
    EXPECT_EQ(fault_of(pulled[1]), "lines is empty; an order needs at least one line");
    EXPECT_EQ(fault_of(pulled[2]),
              "channel is missing or empty; tracking_number is missing or empty");
    must(db_->answer({{std::get<PulledFault>(pulled[1]).ref, false, "no lines"}}));
    EXPECT_EQ(shop("select answer from kemas_orders where id = 2"), "refused: no lines");
}

TEST_F(SqliteOrderDb, RefusesTextThatIsNotUtf8) {
    shop(order_sql(1));
    shop("update kemas_orders set name = cast(x'C328' as text)");
    EXPECT_EQ(fault_of(must(db_->pull(1))[0]), "name is not valid UTF-8; save the text as UTF-8");
}

TEST_F(SqliteOrderDb, AStopNeverOvertakesItsOrder) {
    shop(order_sql(1));
    shop(
        "insert into kemas_order_stops (channel, shop, external_id, kind, by_whom, reason) values "
        "('webstore', 'main', 'W-1', 'cancel', 'Rina', 'paid twice'),"
        "('webstore', 'main', 'W-0', 'pause', 'Rina', '')");
    auto pulled = must(db_->pull(10));
    ASSERT_EQ(pulled.size(), 2u);
    EXPECT_EQ(fault_of(pulled[1]), "kind is 'pause'; must be cancel, hold or release");
    must(db_->answer({{std::get<PulledOrder>(pulled[0]).ref, true, ""},
                      {std::get<PulledFault>(pulled[1]).ref, false, "unknown kind"}}));
    pulled = must(db_->pull(10));
    ASSERT_EQ(pulled.size(), 1u);
    const auto& stop = std::get<PulledStop>(pulled[0]);
    EXPECT_EQ(stop.kind, PulledStop::Kind::cancel);
    EXPECT_EQ(stop.by, "Rina");
    EXPECT_EQ(stop.reason, "paid twice");
    must(db_->answer({{stop.ref, true, "cancelled"}}));
    EXPECT_TRUE(must(db_->pull(10)).empty());
}

TEST_F(SqliteOrderDb, StopsFindRoomBesideManyOrders) {
    for (int id = 1; id <= 6; ++id) shop(order_sql(id));
    shop(
        "insert into kemas_order_stops (channel, shop, external_id, kind) values "
        "('webstore', 'main', 'old', 'hold')");
    const auto pulled = must(db_->pull(4));
    ASSERT_EQ(pulled.size(), 4u);
    EXPECT_TRUE(std::holds_alternative<PulledStop>(pulled[3]));
}

TEST_F(SqliteOrderDb, TheSameFactsTwiceAreThereOnce) {
    std::vector<NumberedFact> facts = many_order_facts(1, 250);
    facts.push_back(parcel_fact(900, "W-1", "weighed"));
    NumberedFact line = order_fact(901, "W-1", "picked");
    line.fact.kind = FactKind::line;
    line.fact.line_no = 2;
    line.fact.sku = "TEA";
    line.fact.quantity = 1;
    facts.push_back(line);
    must(db_->push(facts));
    must(db_->push(facts));
    EXPECT_EQ(shop("select count(*), max(seq), min(epoch) from kemas_order_status"), "250|250|3");
    EXPECT_EQ(shop("select parcel_no, tracking_number, weight_mg, cost_minor from "
                   "kemas_parcels_now"),
              "77|0999000000001000|1234567|9000");
    EXPECT_EQ(shop("select line_no, sku, status, quantity from kemas_lines_now"), "2|TEA|picked|1");
}

TEST_F(SqliteOrderDb, TheViewShowsTheNewestFactByNumberNotByText) {
    must(db_->push({order_fact(9, "W-1", "picking"), order_fact(10, "W-1", "picked")}));
    EXPECT_EQ(shop("select external_id, status from kemas_orders_now"), "W-1|picked");
}

TEST_F(SqliteOrderDb, AFactMayQuoteAnything) {
    NumberedFact fact = order_fact(1, "W-1", "on_hold");
    fact.fact.reason = std::string("it's \"odd\"; :v0 -- \xC3(") + '\0' + "end";
    must(db_->push({fact}));
    EXPECT_EQ(shop("select reason from kemas_order_status"),
              "it's \"odd\"; :v0 -- \xEF\xBF\xBD(\xEF\xBF\xBD"
              "end");
}

TEST_F(SqliteOrderDb, UnknownWeightAndCostStayEmpty) {
    NumberedFact fact = parcel_fact(1, "W-1", "closed");
    fact.fact.weight = {};
    fact.fact.cost.reset();
    must(db_->push({fact}));
    EXPECT_EQ(shop("select weight_mg, cost_minor from kemas_parcel_status"), "NULL|NULL");
}

TEST_F(SqliteOrderDb, RefusesAFactWithoutPlaceInOrder) {
    NumberedFact fact = order_fact(1, "W-1", "picking");
    fact.id = "ledger-x-1-0";
    const auto pushed = db_->push({order_fact(2, "W-1", "picking"), fact});
    ASSERT_FALSE(pushed);
    EXPECT_EQ(pushed.error().remedy, Remedy::call_person);
    EXPECT_EQ(shop("select count(*) from kemas_order_status"), "0");
}

TEST_F(SqliteOrderDb, AFileThatIsLockedEndsTheCallAtItsDeadlineAndWorksAfterwards) {
    options_.deadline_ms = 1000;
    db_ = must(orderdb::open_order_db(options_));
    shop("begin immediate");
    const auto pushed = db_->push({order_fact(1, "W-1", "picking")});
    ASSERT_FALSE(pushed);
    EXPECT_EQ(pushed.error().remedy, Remedy::retry);
    EXPECT_NE(pushed.error().what.find("no answer within 1000 ms"), std::string::npos)
        << pushed.error().what;
    shop("commit");
    must(db_->push({order_fact(1, "W-1", "picking")}));
    EXPECT_EQ(shop("select count(*) from kemas_order_status"), "1");
}

TEST_F(SqliteOrderDb, InterruptEndsACallUnderWayAndEveryLaterOne) {
    options_.deadline_ms = 60'000;
    db_ = must(orderdb::open_order_db(options_));
    must(db_->pull(1));
    shop("begin immediate");
    std::thread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        db_->interrupt();
    });
    const auto pushed = db_->push({order_fact(1, "W-1", "picking")});
    stopper.join();
    ASSERT_FALSE(pushed);
    EXPECT_EQ(pushed.error().remedy, Remedy::stop);
    shop("commit");
    EXPECT_EQ(db_->pull(1).error().remedy, Remedy::stop);
}

TEST_F(SqliteOrderDb, AMissingFileIsNamedAndNotMade) {
    options_.connect = (folder_ / "typo.db").string();
    db_ = must(orderdb::open_order_db(options_));
    const auto pulled = db_->pull(1);
    ASSERT_FALSE(pulled);
    EXPECT_NE(pulled.error().what.find("typo.db does not exist"), std::string::npos);
    EXPECT_FALSE(fs::exists(options_.connect));
}

TEST_F(SqliteOrderDb, AForeignSchemaCallsAPerson) {
    shop("drop table kemas_order_stops");
    const auto pulled = db_->pull(1);
    ASSERT_FALSE(pulled);
    EXPECT_NE(pulled.error().what.find("kemas_order_stops"), std::string::npos);
}

TEST(OpenOrderDb, RefusesAnUnknownBackend) {
    orderdb::OrderDbOptions options;
    options.backend = "oracle";
    const auto opened = orderdb::open_order_db(options);
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().what.find("'oracle'; must be sqlite, postgresql or mysql"),
              std::string::npos);
}

}  // namespace
}  // namespace kemas::test
