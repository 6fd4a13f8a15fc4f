// Every kind of command a profile knows: done only with its proof, refused, not sent or unknown.
#include "tests/drivers/modbus_device_support.hpp"

namespace kemas::modbus_device {
namespace {

using kemas::test::ModbusMap;
using kemas::test::ModbusPeer;
using profile::CommandKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using Kind = Outcome::Kind;

class DeviceCommandTest : public DeviceTest {
 protected:
    profile::Command& add(CommandKind kind, int address, int function_code = 6) {
        profile::Command command;
        command.name = "act";
        command.kind = kind;
        command.to = target(address, function_code);
        command.values = {7};
        command.send_within_ms = 5'000;
        command.prove_within_ms = 5'000;
        profile.commands.push_back(command);
        return profile.commands.back();
    }
    void begin() {
        peer = std::make_unique<ModbusPeer>(std::deque<ModbusPeer::Behaviour>{}, map.answer());
        start(peer->port());
        run_rounds(1);
    }
    std::unique_ptr<ModbusPeer> peer;
};

TEST_F(DeviceCommandTest, AValueIsDoneWhenTheDeviceShowsIt) {
    add(CommandKind::value, 5).success.push_back(word_is(6, 1));
    map.on_write([](ModbusMap& m, int address, int value) {
        if (address == 5 && value == 7) m.set(6, 1);
    });
    begin();
    const Outcome outcome = command("act");
    EXPECT_EQ(outcome.kind, Kind::done) << outcome.why;
    EXPECT_TRUE(outcome.proven);
    EXPECT_THAT(map.writes(), ElementsAre(Pair(5, 7)));
}

TEST_F(DeviceCommandTest, ANormalReplyAloneIsNoProof) {
    auto& act = add(CommandKind::value, 5);
    act.success.push_back(word_is(6, 1));
    act.prove_within_ms = 60;
    begin();
    const Outcome outcome = command("act");
    EXPECT_EQ(outcome.kind, Kind::unknown);
    EXPECT_THAT(outcome.why, HasSubstr("not confirmed within 60 ms"));
}

TEST_F(DeviceCommandTest, AProfileWithoutAProofIsDoneUnproven) {
    add(CommandKind::value, 5);
    begin();
    const Outcome outcome = command("act");
    EXPECT_EQ(outcome.kind, Kind::done);
    EXPECT_FALSE(outcome.proven);
}

TEST_F(DeviceCommandTest, NothingIsSentWhileThePreconditionDoesNotHold) {
    add(CommandKind::value, 5).only_if.push_back(word_is(1, 1, "at rest"));
    begin();
    const Outcome outcome = command("act");
    EXPECT_EQ(outcome.kind, Kind::refused);
    EXPECT_THAT(outcome.why, HasSubstr("must be at rest"));
    EXPECT_TRUE(map.writes().empty());
}

TEST_F(DeviceCommandTest, AnExceptionIsARefusal) {
    add(CommandKind::value, 5);
    map.refuse(5, 4);
    profile.blocks = {{3, 6, 14, false, false}};
    begin();
    const Outcome outcome = command("act");
    EXPECT_EQ(outcome.kind, Kind::refused);
    EXPECT_THAT(outcome.why, HasSubstr("exception 04"));
}

TEST_F(DeviceCommandTest, ABusyDeviceIsAskedAgain) {
    add(CommandKind::value, 5);
    profile.limits.busy_retries = 5;
    profile.limits.busy_wait_ms = 1;
    int refusals = 2;
    peer = std::make_unique<ModbusPeer>(
        std::deque<ModbusPeer::Behaviour>{},
        [&](ModbusPeer::Socket& socket, const kemas::test::Request& r) {
            if (r[7] == 6 && refusals-- > 0)
                return ModbusPeer::send(socket, {r[0], r[1], 0, 0, 0, 3, r[6], 0x86, 6});
            return ModbusPeer::send(socket, map.reply(r));
        });
    start(peer->port());
    run_rounds(1);
    EXPECT_EQ(command("act").kind, Kind::done);
    EXPECT_THAT(map.writes(), ElementsAre(Pair(5, 7)));
}

TEST_F(DeviceCommandTest, AValueThenZeroLeavesZeroBehind) {
    add(CommandKind::value_then_zero, 5).success.push_back(word_is(6, 1));
    map.on_write([](ModbusMap& m, int address, int value) {
        if (address == 5) m.set(6, value == 7 ? 1 : m.get(6));
    });
    begin();
    EXPECT_EQ(command("act").kind, Kind::done);
    EXPECT_THAT(map.writes(), ElementsAre(Pair(5, 7), Pair(5, 0)));
}

TEST_F(DeviceCommandTest, AnEdgeGoesFromRestToTheBitAndBack) {
    auto& act = add(CommandKind::edge_bit, 5);
    act.bit = 3;
    act.rest = 0x0100;
    act.hold_ms = 5;
    begin();
    EXPECT_EQ(command("act").kind, Kind::done);
    EXPECT_THAT(map.writes(), ElementsAre(Pair(5, 0x0100), Pair(5, 0x0108), Pair(5, 0x0100)));
}

TEST_F(DeviceCommandTest, ACoilIsPulsed) {
    auto& act = add(CommandKind::coil_pulse, 9, 5);
    act.values = {1};
    act.hold_ms = 5;
    begin();
    EXPECT_EQ(command("act").kind, Kind::done);
    EXPECT_THAT(map.writes(), ElementsAre(Pair(9, 1), Pair(9, 0)));
}

TEST_F(DeviceCommandTest, AHandshakeGoesBothWaysAndTheDeviceJudges) {
    auto& act = add(CommandKind::handshake_bit, 5);
    act.bit = 0;
    act.acknowledged = word_is(6, 1);
    act.success.push_back(word_is(7, 1));
    int judged = 1;
    map.on_write([&](ModbusMap& m, int address, int value) {
        if (address != 5) return;
        m.set(6, value & 1);
        m.set(7, judged);
    });
    begin();
    EXPECT_EQ(command("act").kind, Kind::done);
    EXPECT_THAT(map.writes(), ElementsAre(Pair(5, 1), Pair(5, 0)));
    judged = 0;
    EXPECT_EQ(command("act").kind, Kind::refused);
}

TEST_F(DeviceCommandTest, AHandshakeThatIsNotAnsweredEndsAndTakesItsBitBack) {
    auto& act = add(CommandKind::handshake_bit, 5);
    act.acknowledged = word_is(6, 1);
    act.prove_within_ms = 60;
    begin();
    const Outcome outcome = command("act");
    EXPECT_EQ(outcome.kind, Kind::unknown);
    EXPECT_THAT(outcome.why, HasSubstr("the handshake was not answered"));
    EXPECT_EQ(map.get(5), 0);
}

TEST_F(DeviceCommandTest, AMailboxRefusesInTheDevicesWords) {
    auto& act = add(CommandKind::mailbox, 10, 16);
    act.values = {3, 0};
    act.arguments.push_back({"lane", 1, profile::NumberKind::u16, {}});
    act.trigger = target(12);
    act.acknowledged = word_is(13, 1);
    act.success.push_back(word_is(14, 0));
    profile::Told<std::string> result;
    result.at = word_bits(14);
    result.kind = profile::Told<std::string>::Kind::table;
    result.table.emplace_back(9, "lane full");
    act.result = result;
    map.on_write([](ModbusMap& m, int address, int) {
        if (address != 12) return;
        m.set(14, m.get(11) == 2 ? 9 : 0);
        m.set(13, 1);
    });
    begin();
    CommandCall call;
    call.name = "act";
    call.arguments.emplace_back("lane", 1);
    EXPECT_EQ(command(call).kind, Kind::done);
    EXPECT_THAT(map.writes(), ElementsAre(Pair(10, 3), Pair(11, 1), Pair(12, 1)));
    call.arguments.front().second = 2;
    const Outcome full = command(call);
    EXPECT_EQ(full.kind, Kind::refused);
    EXPECT_THAT(full.why, HasSubstr("lane full"));
}

TEST_F(DeviceCommandTest, ArgumentsMustBeThoseOfTheProfile) {
    add(CommandKind::value, 5).arguments.push_back({"lane", 0, profile::NumberKind::u16, {}});
    begin();
    EXPECT_THAT(command("act").why, HasSubstr("needs \"lane\""));
    CommandCall call;
    call.name = "act";
    call.arguments = {{"lane", 1}, {"lame", 2}};
    EXPECT_THAT(command(call).why, HasSubstr("takes no \"lame\""));
    EXPECT_THAT(command("other").why, HasSubstr("has no command \"other\""));
    EXPECT_TRUE(map.writes().empty());
}

TEST_F(DeviceCommandTest, AnEchoedNumberIsTheProofAndIsNeverTheOneAlreadyShown) {
    auto& act = add(CommandKind::mailbox_echo, 10, 16);
    act.values = {4, 0};
    act.sequence = 1;
    act.echo = word_bits(15);
    map.set(15, 41);  // from before this daemon's start
    map.on_write([](ModbusMap& m, int address, int value) {
        if (address == 11) m.set(15, value);
    });
    begin();
    const Outcome first = command("act");
    EXPECT_EQ(first.kind, Kind::done) << first.why;
    EXPECT_EQ(first.sequence, 42);
    EXPECT_EQ(command("act").sequence, 43);
    EXPECT_THAT(map.writes(), ElementsAre(Pair(10, 4), Pair(11, 42), Pair(10, 4), Pair(11, 43)));
}

TEST_F(DeviceCommandTest, ARepeatOfAnIntentCarriesItsOwnNumber) {
    auto& act = add(CommandKind::mailbox_echo, 10, 16);
    act.values = {4, 0};
    act.sequence = 1;
    act.echo = word_bits(15);
    map.on_write([](ModbusMap& m, int address, int value) {
        if (address == 11) m.set(15, value);
    });
    begin();
    CommandCall call;
    call.name = "act";
    call.sequence = 900;
    EXPECT_EQ(command(call).sequence, 900);
    EXPECT_EQ(command(call).kind, Kind::done);
    EXPECT_EQ(map.get(11), 900);
}

TEST_F(DeviceCommandTest, ACountedAcknowledgementIsOneMoreThanBefore) {
    auto& act = add(CommandKind::counted_ack, 5);
    act.count = word_bits(16);
    act.count->bits = 4;
    map.set(16, 15);
    map.on_write([](ModbusMap& m, int address, int) {
        if (address == 5) m.set(16, (m.get(16) + 1) & 0xF);
    });
    begin();
    EXPECT_EQ(command("act").kind, Kind::done) << "from 15 to 0";
    EXPECT_EQ(command("act").kind, Kind::done);
}

TEST_F(DeviceCommandTest, ACountThatStandsStillIsUnknown) {
    auto& act = add(CommandKind::counted_ack, 5);
    act.count = word_bits(16);
    act.prove_within_ms = 60;
    begin();
    const Outcome outcome = command("act");
    EXPECT_EQ(outcome.kind, Kind::unknown);
    EXPECT_THAT(outcome.why, HasSubstr("not counted"));
}

TEST_F(DeviceCommandTest, WhatCanMoveSomethingNeedsAnOperatorOrAnIntent) {
    add(CommandKind::value, 5).moves = true;
    begin();
    EXPECT_EQ(command("act").kind, Kind::refused);
    EXPECT_TRUE(map.writes().empty());
    CommandCall call;
    call.name = "act";
    call.authorised = true;
    EXPECT_EQ(command(call).kind, Kind::done);
}

TEST_F(DeviceCommandTest, ACommandIsNotSentToADeviceThatIsAway) {
    add(CommandKind::value, 5);
    std::uint16_t port = 0;
    { port = ModbusPeer({}).port(); }
    start(port);
    ASSERT_TRUE(run_until([&] { return !lost.empty(); }));
    const Outcome outcome = command("act");
    EXPECT_EQ(outcome.kind, Kind::not_sent);
    EXPECT_THAT(outcome.why, HasSubstr("no connection"));
}

TEST_F(DeviceCommandTest, ADeviceThatDiesOverACommandLeavesItUnknown) {
    add(CommandKind::value, 5);
    peer = std::make_unique<ModbusPeer>(
        std::deque<ModbusPeer::Behaviour>{},
        [&](ModbusPeer::Socket& socket, const kemas::test::Request& r) {
            return r[7] != 6 && ModbusPeer::send(socket, map.reply(r));
        });
    start(peer->port());
    run_rounds(1);
    EXPECT_EQ(command("act").kind, Kind::unknown);
}

TEST_F(DeviceCommandTest, CommandsOfOneDeviceDoNotMix) {
    auto& act = add(CommandKind::handshake_bit, 5);
    act.acknowledged = word_is(6, 1);
    map.on_write([](ModbusMap& m, int address, int value) {
        if (address == 5) m.set(6, value & 1);
    });
    begin();
    std::vector<Outcome> outcomes;
    for (int i = 0; i < 2; ++i) {
        CommandCall call;
        call.name = "act";
        asio::co_spawn(loop, device->command(std::move(call)),
                       [&](std::exception_ptr, Outcome o) { outcomes.push_back(std::move(o)); });
    }
    ASSERT_TRUE(run_until([&] { return outcomes.size() == 2; }));
    EXPECT_THAT(map.writes(), ElementsAre(Pair(5, 1), Pair(5, 0), Pair(5, 1), Pair(5, 0)));
}

}  // namespace
}  // namespace kemas::modbus_device
