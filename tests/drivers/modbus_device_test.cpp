// Reading a device as its profile says: identity, init, blocks, counters, heartbeat, watchdog.
#include "drivers/modbus_device/modbus_device.hpp"

#include "drivers/modbus_device/poll_plan.hpp"
#include "tests/drivers/modbus_device_support.hpp"

namespace kemas::modbus_device {
namespace {

using kemas::test::ModbusPeer;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

TEST(PollPlan, NeighboursAreJoinedOnlyWhereTheProfileAllowsIt) {
    profile::ModbusProfile profile;
    profile.limits.max_hole = 2;
    profile.limits.max_registers = 12;
    profile.blocks = {{3, 0, 4, true, false},
                      {3, 6, 4, true, false},
                      {3, 11, 4, true, false},
                      {3, 15, 2, false, false},
                      {4, 17, 2, true, false}};
    const PollPlan plan(profile);
    ASSERT_EQ(plan.requests().size(), 4u);
    EXPECT_EQ(plan.requests()[0].start, 0);
    EXPECT_EQ(plan.requests()[0].count, 10) << "a hole of two; the third would make fifteen";
    EXPECT_EQ(plan.requests()[1].count, 4);
    EXPECT_EQ(plan.requests()[2].count, 2) << "asked exactly so";
    EXPECT_EQ(plan.requests()[3].function_code, 4);
    std::vector<std::uint16_t> words(16, 0);
    place(plan.requests()[0], std::vector<std::uint16_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, words);
    EXPECT_THAT(std::vector<std::uint16_t>(words.begin(), words.begin() + 8),
                ElementsAre(0, 1, 2, 3, 6, 7, 8, 9));
}

TEST(PollPlan, ARefusedJoinIsSplitForGood) {
    profile::ModbusProfile profile;
    profile.blocks = {{3, 0, 4, true, false}, {3, 4, 4, true, false}};
    PollPlan plan(profile);
    ASSERT_EQ(plan.requests().size(), 1u);
    plan.split(0);
    ASSERT_EQ(plan.requests().size(), 2u);
    EXPECT_EQ(plan.requests()[1].start, 4);
    EXPECT_EQ(plan.requests()[1].parts[0].word, 4);
}

TEST(PollPlan, BitsAreAlignedWhereTheDeviceWantsItAndPackedByBlock) {
    profile::ModbusProfile profile;
    profile.limits.bit_alignment = 8;
    profile.blocks = {{1, 10, 9, false, false}, {2, 0, 1, false, false}};
    const PollPlan plan(profile);
    EXPECT_EQ(plan.requests()[0].start, 8);
    EXPECT_EQ(plan.requests()[0].count, 16);
    EXPECT_EQ(plan.requests()[1].count, 8);
    std::vector<bool> answer(16, false);
    answer[2] = answer[10] = true;  // coils 10 and 18
    answer[3] = false;
    std::vector<std::uint16_t> words(2, 0xFFFF);
    place(plan.requests()[0], answer, words);
    EXPECT_EQ(words[0] & 0x1FF, 0b1'0000'0001);
}

TEST_F(DeviceTest, ReadsAllBlocksInOneRoundAndSaysHowOldItIs) {
    profile.blocks = {{3, 0, 2, false, false}, {1, 0, 3, false, false}};
    map.set(1, 77);
    map.set_coil(2, true);
    ModbusPeer peer({}, map.answer());
    const auto before = Clock::now();
    start(peer.port());
    run_rounds(2);
    EXPECT_THAT(rounds[0].words, ElementsAre(0, 77, 0b100));
    EXPECT_GE(rounds[0].read_at, before);
    EXPECT_GT(rounds[1].read_at, rounds[0].read_at);
    EXPECT_EQ(rounds[1].session, 1u);
}

TEST_F(DeviceTest, BlocksThatAreRefusedTogetherAreAskedOneByOne) {
    profile.blocks = {{3, 0, 2, true, false}, {3, 4, 2, true, false}};
    profile.limits.max_hole = 2;
    map.refuse(3, 2);
    map.set(4, 44);
    ModbusPeer peer({}, map.answer());
    start(peer.port());
    run_rounds(2);
    EXPECT_THAT(rounds[0].words, ElementsAre(0, 0, 44, 0));
    EXPECT_TRUE(lost.empty());
    EXPECT_THAT(map.reads(), Contains(Pair(4, 2)));
}

TEST_F(DeviceTest, ABlockThatChangesWhileTheOthersAreReadThrowsTheRoundAway) {
    profile.blocks = {{3, 0, 1, false, true}, {3, 1, 1, false, false}};
    map.count_reads(0);
    ModbusPeer peer({}, map.answer());
    start(peer.port());
    ASSERT_TRUE(run_until([&] { return !lost.empty(); }));
    EXPECT_THAT(lost[0], HasSubstr("torn"));
    EXPECT_TRUE(rounds.empty());
    map.count_reads(-1);
    run_rounds(1);
}

TEST_F(DeviceTest, AnotherDeviceThanTheProfilesIsNotBelieved) {
    profile.vendor = "Kemas";
    profile.identity = profile::Identity{{3, 100, 2, false, false}, {}, "TST"};
    map.set(100, 'T' << 8 | 'S');
    map.set(101, 'X' << 8 | '1');
    ModbusPeer peer({}, map.answer());
    start(peer.port());
    ASSERT_TRUE(run_until([&] { return !lost.empty(); }));
    EXPECT_THAT(lost[0], HasSubstr("foreign: tester 1: another device answers"));
    EXPECT_TRUE(rounds.empty());
    map.set(101, 'T' << 8 | '1');
    run_rounds(1);
}

TEST_F(DeviceTest, InitWritesAreSentAfterEveryConnectAndSpareTheMemory) {
    profile.init.push_back({"mode", target(30), {5}, false});
    profile.init.push_back({"filter", target(31), {6}, true});
    profile.init.push_back({"other", target(32), {7}, true});
    map.set(31, 6);
    const auto hang_up = [](ModbusPeer::Socket&, const kemas::test::Request&) { return false; };
    std::atomic<bool> dead = false;
    ModbusPeer peer({}, [&](ModbusPeer::Socket& socket, const kemas::test::Request& r) {
        return dead ? hang_up(socket, r) : map.answer()(socket, r);
    });
    start(peer.port());
    run_rounds(1);
    EXPECT_THAT(map.writes(), ElementsAre(Pair(30, 5), Pair(32, 7)));
    dead = true;
    ASSERT_TRUE(run_until([&] { return !lost.empty(); }));
    dead = false;
    run_rounds(1);
    EXPECT_THAT(map.writes(), ElementsAre(Pair(30, 5), Pair(32, 7), Pair(30, 5)));
    EXPECT_EQ(rounds.back().session, 2u);
    EXPECT_EQ(lost.size(), 1u);
}

TEST_F(DeviceTest, AHeartbeatThatStandsStillIsAFaultAndItsFirstValueProvesNothing) {
    profile::Liveness liveness;
    liveness.field.word = 2;
    liveness.max_age = {100};
    profile.liveness = liveness;
    ModbusPeer peer({}, map.answer());
    start(peer.port());
    ASSERT_TRUE(run_until([&] { return !lost.empty(); }));
    EXPECT_THAT(lost[0], HasSubstr("frozen"));
    EXPECT_TRUE(rounds.empty());
    map.count_reads(2);
    run_rounds(1);
    EXPECT_EQ(lost.size(), 1u);
}

class DeviceCounterTest : public DeviceTest {
 protected:
    DeviceCounterTest() {
        profile::Counter counter;
        counter.name = "arrivals";
        counter.at = word_bits(3);
        counter.max_step = 100;
        profile.counters.push_back(counter);
    }
    void run_past_change() { run_rounds(3); }
    std::uint32_t total(std::size_t from) const {
        std::uint32_t sum = 0;
        for (std::size_t i = from; i < rounds.size(); ++i)
            sum += rounds[i].counters[0].steps.value_or(1'000);
        return sum;
    }
};

TEST_F(DeviceCounterTest, ACounterRollsOver) {
    map.set(3, 65'534);
    ModbusPeer peer({}, map.answer());
    start(peer.port());
    run_rounds(1);
    EXPECT_FALSE(rounds[0].counters[0].steps) << "the first value counts nothing";
    map.set(3, 2);
    run_past_change();
    EXPECT_EQ(total(1), 4u);
}

TEST_F(DeviceCounterTest, ACounterThatJumpsIsNotBelieved) {
    map.set(3, 500);
    ModbusPeer peer({}, map.answer());
    start(peer.port());
    run_rounds(1);
    map.set(3, 0);  // rebooted, not 65 036 parcels
    run_past_change();
    EXPECT_EQ(total(1), 1'000u) << "one round of which nobody knows";
}

TEST_F(DeviceCounterTest, ADeviceThatSaysItRestartedIsBelieved) {
    profile::StatusBit reset;
    reset.name = "reset";
    reset.at = word_is(4, 1);
    profile.status.push_back(reset);
    profile.counters[0].reset_status = "reset";
    map.set(3, 5);
    ModbusPeer peer({}, map.answer());
    start(peer.port());
    run_rounds(1);
    map.set(4, 1);
    map.set(3, 7);
    run_rounds(3);
    EXPECT_EQ(total(1), 1'000u);
    map.set(3, 9);
    const std::size_t from = rounds.size();
    run_past_change();
    EXPECT_EQ(total(from), 2u) << "the flag stays, counting goes on";
}

TEST_F(DeviceCounterTest, AfterAnOutageOnlyADeviceThatKeepsItsCountIsBelieved) {
    profile::Counter kept = profile.counters[0];
    kept.kept_over_reboot = true;
    profile.counters.push_back(kept);
    std::atomic<bool> dead = false;
    ModbusPeer peer({}, [&](ModbusPeer::Socket& socket, const kemas::test::Request& r) {
        return !dead && map.answer()(socket, r);
    });
    start(peer.port());
    run_rounds(1);
    dead = true;
    ASSERT_TRUE(run_until([&] { return !lost.empty(); }));
    map.set(3, 3);
    dead = false;
    const std::size_t from = rounds.size();
    run_rounds(1);
    EXPECT_FALSE(rounds[from].counters[0].steps);
    EXPECT_EQ(rounds[from].counters[1].steps, 3u);
}

TEST_F(DeviceTest, TheWatchdogIsArmedAndFedUntilItsOwnerStops) {
    profile::Watchdog watchdog;
    watchdog.arm.push_back({"time", target(40), {1'000}, false});
    watchdog.feed = target(41);
    watchdog.period_ms = 20;
    profile.watchdog = watchdog;
    ModbusPeer peer({}, map.answer());
    start(peer.port());
    ASSERT_TRUE(run_until([&] { return map.get(41) >= 3; }));
    EXPECT_EQ(map.writes().front(), std::make_pair(40, 1'000)) << "armed before it is fed";
    device->feed_watchdog(false);
    run_rounds(3);
    const int last = map.get(41);
    run_rounds(6);
    EXPECT_EQ(map.get(41), last);
}

// Register 7 says 2 when its watchdog has expired, and a person writes 1 to 8 to restart it.
class DeviceWatchdogTest : public DeviceTest {
 protected:
    DeviceWatchdogTest() {
        profile::Watchdog watchdog;
        watchdog.what = "outputs drop";
        watchdog.arm.push_back({"time", target(40), {1'000}, false});
        watchdog.feed = target(41);
        watchdog.period_ms = 60;
        watchdog.expired = word_is(7, 2);
        profile.watchdog = watchdog;
        profile.init.push_back({"mode", target(42), {5}, false});
        profile::Command restart;
        restart.name = "restart";
        restart.to = target(8);
        restart.values = {1};
        restart.only_if.push_back(word_is(7, 2));
        restart.success.push_back(word_is(7, 1));
        restart.send_within_ms = restart.prove_within_ms = 10'000;
        profile.commands.push_back(restart);
    }
    int set_ups() {
        int count = 0;
        for (const auto& [address, value] : map.writes()) count += address == 42;
        return count;
    }
};

TEST_F(DeviceWatchdogTest, AnExpiredWatchdogIsANamedFaultAndTheDeviceIsSetUpAnewOnce) {
    ModbusPeer peer({}, map.answer());
    start(peer.port());
    run_rounds(1);
    map.set(7, 2);
    ASSERT_TRUE(run_until([&] { return !lost.empty(); }));
    EXPECT_THAT(lost[0], testing::StartsWith("watchdog: its watchdog has expired"));
    EXPECT_THAT(lost[0], HasSubstr("outputs drop"));
    EXPECT_EQ(device->latest(), nullptr);
    ASSERT_TRUE(run_until([&] { return set_ups() == 2; }));
    const auto before = rounds.size();
    const int fed = map.get(41);
    ASSERT_TRUE(run_until([&] { return map.get(41) > fed + 3; })) << "it is fed on";
    EXPECT_EQ(set_ups(), 2);
    EXPECT_EQ(rounds.size(), before) << "nothing it says counts";
    map.set(7, 1);
    run_rounds(1);
    EXPECT_EQ(lost.size(), 1u);
    EXPECT_EQ(rounds.back().session, 2u);
}

TEST_F(DeviceWatchdogTest, AWatchdogThatExpiredWhileNobodyWasThereHasAPeriodToComeToItself) {
    map.set(7, 2);
    ModbusPeer peer({}, map.answer());
    start(peer.port());
    ASSERT_TRUE(run_until([&] { return map.get(41) >= 1; }));
    EXPECT_TRUE(rounds.empty()) << "nothing it says counts yet";
    map.set(7, 1);
    run_rounds(1);
    EXPECT_EQ(set_ups() - static_cast<int>(lost.size()), 1) << "set up anew only for a fault";
}

TEST_F(DeviceWatchdogTest, AWatchdogThatItsOwnerLetsStarveIsNoFault) {
    profile.watchdog->period_ms = 60'000;
    ModbusPeer peer({}, map.answer());
    start(peer.port());
    run_rounds(1);
    device->feed_watchdog(false);
    map.set(7, 2);
    run_rounds(12);
    EXPECT_TRUE(lost.empty());
    device->feed_watchdog(true);
    run_rounds(1);
    map.set(7, 1);
    run_rounds(1);
}

TEST_F(DeviceWatchdogTest, APersonCanRestartAnExpiredWatchdog) {
    map.on_write([](kemas::test::ModbusMap& registers, int address, int) {
        if (address == 8) registers.set(7, 1);
    });
    ModbusPeer peer({}, map.answer());
    start(peer.port());
    run_rounds(1);
    map.set(7, 2);
    ASSERT_TRUE(run_until([&] { return set_ups() == 2; }));
    const auto outcome = command("restart");
    EXPECT_EQ(outcome.kind, Outcome::Kind::done) << outcome.why;
    run_rounds(1);
}

TEST_F(DeviceTest, TwoDevicesShareOneLine) {
    ModbusPeer peer({}, map.answer());
    start(peer.port());
    ModbusDeviceOptions other;
    other.name = "tester 2";
    other.unit = 2;
    other.poll_ms = 10;
    ModbusDevice second(loop.get_executor(), master, profile, other);
    int seen = 0;
    Events events;
    events.round = [&](const Round&) { ++seen; };
    second.start(events);
    ASSERT_TRUE(run_until([&] { return seen >= 10 && rounds.size() >= 10; }));
    EXPECT_EQ(peer.connections(), 1);
    EXPECT_TRUE(lost.empty());
    second.stop();
}

TEST_F(DeviceTest, AStopIsHeardAtOnceAndEndsCommands) {
    profile::Command act;
    act.name = "act";
    act.to = target(5);
    act.values = {7};
    act.success.push_back(word_is(6, 1));
    act.prove_within_ms = 60'000;
    profile.commands.push_back(act);
    ModbusPeer peer({}, map.answer());
    start(peer.port());
    run_rounds(1);
    asio::steady_timer soon(loop, milliseconds(50));
    soon.async_wait([&](auto) { device->stop(); });
    CommandCall call;
    call.name = "act";
    const Outcome outcome = command(call);
    EXPECT_EQ(outcome.kind, Outcome::Kind::unknown) << outcome.why;
    EXPECT_EQ(device->latest(), nullptr);
}

}  // namespace
}  // namespace kemas::modbus_device
