#include <signal.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "tests/orderdb/shop.hpp"
#include "tests/support/postgres.hpp"

namespace kemas::test {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class PostgresqlOrderDb : public ::testing::Test {
 protected:
    void SetUp() override {
        if (!Postgres::installed()) GTEST_SKIP() << "PostgreSQL 15 is not installed";
        server_ = Postgres::start();
        options_.backend = "postgresql";
        options_.connect = server_->connect_tcp();
        must(orderdb::create_schema(options_, KEMAS_SOURCE_DIR "/config/orderdb"));
        open();
    }
    void open() { db_ = must(orderdb::open_order_db(options_)); }
    // As the runtime does: again and again while the remedy says so.
    Result<void> push_until_through(const std::vector<NumberedFact>& facts) {
        const auto end = Clock::now() + 30s;
        while (true) {
            auto pushed = db_->push(facts);
            if (pushed || pushed.error().remedy != Remedy::retry || Clock::now() > end) {
                return pushed;
            }
            std::this_thread::sleep_for(20ms);
        }
    }

    std::unique_ptr<Postgres> server_;
    orderdb::OrderDbOptions options_;
    std::unique_ptr<OrderDb> db_;
};

TEST_F(PostgresqlOrderDb, ReadsAnswersAndWrites) {
    server_->psql(order_sql(1));
    server_->psql(
        "insert into kemas_order_stops (channel, shop, external_id, kind) values "
        "('webstore', 'main', 'old', 'hold')");
    const auto pulled = must(db_->pull(10));
    ASSERT_EQ(pulled.size(), 2u);
    const auto& order = std::get<PulledOrder>(pulled[0]);
    EXPECT_EQ(order.draft.lines, (std::vector<DraftLine>{{"MUG", 2}, {"TEA", 1}}));
    EXPECT_EQ(order.draft.cod, Money{150000});
    must(db_->answer({{order.ref, true, "received"},
                      {std::get<PulledStop>(pulled[1]).ref, false, "no such order"}}));
    EXPECT_TRUE(must(db_->pull(10)).empty());
    EXPECT_EQ(server_->psql("select answer from kemas_orders"), "received");
    EXPECT_EQ(server_->psql("select answer from kemas_order_stops"), "refused: no such order");

    auto facts = many_order_facts(1, 230);
    facts.push_back(parcel_fact(999, "W-1", "labelled"));
    must(db_->push(facts));
    must(db_->push(facts));
    EXPECT_EQ(server_->psql("select count(*), max(seq) from kemas_order_status"), "230|230");
    EXPECT_EQ(server_->psql("select status, weight_mg, cost_minor from kemas_parcels_now"),
              "labelled|1234567|9000");
}

TEST_F(PostgresqlOrderDb, WorksOverAUnixSocketAndAUri) {
    options_.connect = server_->connect_socket();
    open();
    EXPECT_TRUE(must(db_->pull(1)).empty());
    options_.connect =
        "postgresql://postgres@127.0.0.1:" + std::to_string(server_->port()) + "/postgres";
    open();
    EXPECT_TRUE(must(db_->pull(1)).empty());
}

TEST_F(PostgresqlOrderDb, NothingIsLostOrDoubledWhenTheServerDiesInTheMiddle) {
    std::atomic<int> batches{0};
    std::atomic<bool> enough{false};
    std::string failure;
    std::thread pusher([&] {
        while (!enough && failure.empty()) {
            const auto pushed = push_until_through(many_order_facts(batches * 50, 50));
            if (!pushed) failure = pushed.error().what;
            ++batches;
        }
    });
    for (const int target : {5, 10, 15}) {
        while (batches < target) std::this_thread::sleep_for(1ms);
        server_->stop_immediate();
        server_->start_again();
    }
    const int last = batches + 5;
    while (batches < last) std::this_thread::sleep_for(1ms);
    enough = true;
    pusher.join();
    EXPECT_EQ(failure, "");
    const std::string facts = std::to_string(batches * 50);
    EXPECT_EQ(server_->psql("select count(*), count(distinct fact_id), max(seq) + 1 from "
                            "kemas_order_status"),
              facts + '|' + facts + '|' + facts);
}

TEST_F(PostgresqlOrderDb, SaysWhatToDoWhileTheServerIsGone) {
    server_->stop_immediate();
    const auto pushed = db_->push({order_fact(1, "W-1", "picking")});
    ASSERT_FALSE(pushed);
    EXPECT_EQ(pushed.error().remedy, Remedy::retry);
    EXPECT_NE(pushed.error().what.find("cannot connect"), std::string::npos);
    // Within the pause it answers at once, without another attempt.
    EXPECT_EQ(db_->push({order_fact(1, "W-1", "picking")}).error().what, pushed.error().what);
    server_->start_again();
    must(push_until_through({order_fact(1, "W-1", "picking")}));
}

TEST_F(PostgresqlOrderDb, AFrozenServerEndsTheCallAtItsDeadline) {
    options_.deadline_ms = 1500;
    open();
    must(db_->pull(1));
    const pid_t backend = server_->backend_of("kemas");
    ASSERT_GT(backend, 1);
    ASSERT_EQ(::kill(backend, SIGSTOP), 0);
    const auto begin = Clock::now();
    const auto pushed = db_->push({order_fact(1, "W-1", "picking")});
    const auto took = Clock::now() - begin;
    const auto again = push_until_through({order_fact(1, "W-1", "picking")});
    ::kill(backend, SIGCONT);
    ASSERT_FALSE(pushed);
    EXPECT_NE(pushed.error().what.find("no answer within 1500 ms"), std::string::npos)
        << pushed.error().what;
    EXPECT_LT(took, 10s) << "TCP alone would wait for ever";
    EXPECT_TRUE(again) << again.error().what;
    EXPECT_EQ(server_->psql("select count(*) from kemas_order_status"), "1");
}

TEST_F(PostgresqlOrderDb, InterruptEndsACallOnAFrozenServer) {
    options_.deadline_ms = 60'000;
    open();
    must(db_->pull(1));
    const pid_t backend = server_->backend_of("kemas");
    ASSERT_EQ(::kill(backend, SIGSTOP), 0);
    std::thread stopper([&] {
        std::this_thread::sleep_for(100ms);
        db_->interrupt();
    });
    const auto pushed = db_->push({order_fact(1, "W-1", "picking")});
    ::kill(backend, SIGCONT);
    stopper.join();
    ASSERT_FALSE(pushed);
    EXPECT_EQ(pushed.error().remedy, Remedy::stop);
}

TEST_F(PostgresqlOrderDb, AServerThatTakesTheConnectionAndNeverSpeaksEndsAtTheDeadline) {
    const auto postmaster = static_cast<pid_t>(
        std::stol(server_->psql("select split_part(pg_read_file('postmaster.pid'), chr(10), 1)")));
    options_.connect += " connect_timeout=60";  // so that only our own deadline can end it
    options_.deadline_ms = 1000;
    open();
    ASSERT_EQ(::kill(postmaster, SIGSTOP), 0);
    const auto begin = Clock::now();
    const auto pulled = db_->pull(1);
    const auto took = Clock::now() - begin;
    ::kill(postmaster, SIGCONT);
    ASSERT_FALSE(pulled);
    EXPECT_EQ(pulled.error().remedy, Remedy::retry);
    EXPECT_LT(took, 20s);
}

TEST_F(PostgresqlOrderDb, AMissingTableCallsAPerson) {
    server_->psql("drop view kemas_orders_now; drop table kemas_order_status");
    const auto pushed = db_->push({order_fact(1, "W-1", "picking")});
    ASSERT_FALSE(pushed);
    EXPECT_EQ(pushed.error().remedy, Remedy::call_person) << pushed.error().what;
    EXPECT_NE(pushed.error().what.find("config/orderdb/postgresql.sql"), std::string::npos);
}

}  // namespace
}  // namespace kemas::test
