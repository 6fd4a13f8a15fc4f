// Many inputs, one commit: what a sync costs is shared by all who wait.
#include "tests/fault/crash_vfs.hpp"
#include "tests/ledger/bench.hpp"

namespace kemas::testing {
namespace {

struct GroupCommit : ::testing::Test {
    CrashVfs disk{"counting"};
    Site site = small_site();
    std::unique_ptr<ledger::Ledger> ledger;
    void SetUp() override {
        ledger::LedgerOptions options;
        options.path = "/ledger.db";
        options.vfs = disk.name();
        options.high_water = false;
        auto opened = ledger::Ledger::open(options, site);
        ASSERT_TRUE(opened) << opened.error().what;
        ledger = std::move(*opened);
        // The first commit of a new WAL also syncs its header.
        ASSERT_TRUE(ledger->turn({{"warm", "bench-1", CodeScanned{"B-ANA"}}}, {1'700'000'000'000}));
    }
    void TearDown() override { ledger.reset(); }
    std::vector<Envelope> scans(int n) {
        std::vector<Envelope> batch;
        for (int i = 0; i < n; ++i)
            batch.push_back({"s-" + std::to_string(++key), "bench-1", CodeScanned{"X"}});
        return batch;
    }
    int key = 0;
};

TEST_F(GroupCommit, SyncsOnceForSixtyFourInputs) {
    disk.arm({});
    const auto done = ledger->turn(scans(64), {1'700'000'000'100});
    ASSERT_TRUE(done) << done.error().what;
    EXPECT_EQ(done->size(), 64u);
    EXPECT_EQ(disk.syncs(), 1);
    EXPECT_EQ(ledger->last_seq(), 65);
}

TEST_F(GroupCommit, SyncsOnceForEachTurn) {
    disk.arm({});
    for (int i = 0; i < 64; ++i) ASSERT_TRUE(ledger->turn(scans(1), {1'700'000'000'100}));
    EXPECT_EQ(disk.syncs(), 64);
}

TEST_F(GroupCommit, SyncsNothingForRepeats) {
    const auto batch = scans(8);
    ASSERT_TRUE(ledger->turn(batch, {1'700'000'000'100}));
    disk.arm({});
    ASSERT_TRUE(ledger->turn(batch, {1'700'000'000'200}));
    EXPECT_EQ(disk.syncs(), 0);
}

TEST_F(GroupCommit, TakesNothingOfABatchThatCannotBeWritten) {
    disk.arm({DiskFault::disk_full, 3, true});
    const auto batch = scans(8);
    const auto failed = ledger->turn(batch, {1'700'000'000'100});
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().remedy, Remedy::reconnect);
    EXPECT_NE(failed.error().what.find("check the disk"), std::string::npos) << failed.error().what;
    EXPECT_EQ(ledger->last_seq(), 1);
    disk.heal();
    EXPECT_FALSE(ledger->turn(batch, {1'700'000'000'100}))
        << "took a batch without having recovered";
    ASSERT_TRUE(ledger->recover());
    EXPECT_EQ(ledger->last_seq(), 1);
    const auto done = ledger->turn(batch, {1'700'000'000'100});
    ASSERT_TRUE(done) << done.error().what;
    EXPECT_FALSE(done->front().repeat);
    EXPECT_EQ(ledger->last_seq(), 9);
}

TEST_F(GroupCommit, StandsStillWhileItCannotRecover) {
    disk.arm({DiskFault::io_error, 1, true});
    ASSERT_FALSE(ledger->turn(scans(1), {1'700'000'000'100}));
    disk.arm({DiskFault::read_error, 1, true});
    EXPECT_FALSE(ledger->recover());
    EXPECT_FALSE(ledger->turn(scans(1), {1'700'000'000'100}));
    EXPECT_FALSE(ledger->move_sink("shop", 1));
    ledger->checkpoint(0);
    disk.heal();
    EXPECT_TRUE(ledger->recover());
    EXPECT_TRUE(ledger->turn(scans(1), {1'700'000'000'100}));
    EXPECT_TRUE(ledger->move_sink("shop", 1));
}

TEST_F(GroupCommit, AnswersWithAFaultWhenTheDiskGoesAwayUnderATariff) {
    TariffImported tariff{"tariff.csv", "t1", {}};
    tariff.tariff.version = "t1";
    tariff.tariff.currency = {"IDR", 0};
    disk.arm({DiskFault::power_cut, 1});
    const auto done = ledger->turn({{"k-1", "", tariff}}, {1'700'000'000'100});
    ASSERT_FALSE(done);
    EXPECT_TRUE(disk.dark());
}

TEST_F(GroupCommit, RecoversAfterASinkOrACheckpointFailed) {
    disk.arm({DiskFault::sync_error, 1});
    ASSERT_FALSE(ledger->move_sink("shop", 1));
    EXPECT_FALSE(ledger->turn(scans(1), {1'700'000'000'100}));
    ASSERT_TRUE(ledger->recover());
    ASSERT_TRUE(ledger->turn(scans(1), {1'700'000'000'100}));
    disk.arm({DiskFault::sync_error, 1});
    ledger->checkpoint(0);
    EXPECT_FALSE(ledger->turn(scans(1), {1'700'000'000'100}));
    ASSERT_TRUE(ledger->recover());
    EXPECT_TRUE(ledger->turn(scans(1), {1'700'000'000'100}));
}

}  // namespace
}  // namespace kemas::testing
