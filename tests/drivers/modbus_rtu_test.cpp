// Every defect of libmodbus 3.1.6 on a serial line, as a peer that provokes it: nothing wrong is
// handed out, every call is bounded, the line comes back.
#include "drivers/bus/modbus_rtu.hpp"

#include "tests/drivers/master_support.hpp"
#include "tests/drivers/peers/rtu_peer.hpp"

namespace kemas::bus {
namespace {

using kemas::test::hang;
using kemas::test::rtu_options;
using kemas::test::RtuPeer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using PeerBytes = RtuPeer::Bytes;

// After a fault a line is quiet for its timeout: short where one follows, long where none does.
constexpr int kTimeoutMs = 200, kLongMs = 2'000;

using ModbusRtuTest = MasterTest;

using Wrong = Misbehaviour<RtuPeer>;

class ModbusRtuMisbehaviour : public MasterTest, public ::testing::WithParamInterface<Wrong> {};

// One misbehaviour, then a good line: nothing wrong is accepted, and all is well again.
TEST_P(ModbusRtuMisbehaviour, IsAFaultAndTheNextAnswersAreGood) {
    const Wrong& wrong = GetParam();
    RtuPeer peer({wrong.behaviour});
    const int timeout_ms = wrong.timeout_ms ? wrong.timeout_ms : kTimeoutMs;
    ModbusRtu master(loop.get_executor(), rtu_options(peer.path(), timeout_ms));
    expect_fault(master, wrong.remedy, wrong.words);
    for (std::uint16_t start = 20; start < 25; ++start) expect_good(master, start);
}

RtuPeer::Behaviour late_by(int ms) {
    return [ms](RtuPeer& peer, const PeerBytes& request) {
        RtuPeer::sleep_ms(ms);
        peer.send(RtuPeer::bad(request));
        return true;
    };
}
// A wrong answer to the request with one byte changed.
RtuPeer::Behaviour answer_to(std::size_t at, std::uint8_t value) {
    return [at, value](RtuPeer& peer, PeerBytes request) {
        request[at] = value;
        peer.send(RtuPeer::bad(request));
        return true;
    };
}
RtuPeer::Behaviour registers(int count) {
    return [count](RtuPeer& peer, const PeerBytes& request) {
        peer.send(RtuPeer::registers(request, 10, count, 0xBAD0));
        return true;
    };
}
bool longest(RtuPeer& peer, const PeerBytes& request) {
    PeerBytes answer{request[0], request[1], 255};
    answer.resize(3 + 255, 0xBA);
    peer.send(RtuPeer::with_crc(answer));
    return true;
}
bool cut(RtuPeer& peer, const PeerBytes& request) {
    PeerBytes answer = RtuPeer::bad(request);
    answer.resize(5);
    peer.send(answer);
    return true;
}
bool drip(RtuPeer& peer, const PeerBytes& request) {
    for (const std::uint8_t byte : RtuPeer::bad(request)) {
        peer.send({byte});
        RtuPeer::sleep_ms(kTimeoutMs / 4);
    }
    return true;
}
bool noise(RtuPeer& peer, const PeerBytes& request) {
    PeerBytes answer{0x00, 0xFF};
    const PeerBytes good = RtuPeer::bad(request);
    answer.insert(answer.end(), good.begin(), good.end());
    peer.send(answer);
    return true;
}
bool echo(RtuPeer& peer, const PeerBytes& request) {
    peer.send(request);
    return true;
}
bool damaged(RtuPeer& peer, const PeerBytes& request) {
    PeerBytes answer = RtuPeer::bad(request);
    answer.back() ^= 0x01;
    peer.send(answer);
    return true;
}
bool exception(RtuPeer& peer, const PeerBytes& request) {
    peer.send(RtuPeer::with_crc({request[0], 0x83, 0x0B}));
    return true;
}

INSTANTIATE_TEST_SUITE_P(
    Of, ModbusRtuMisbehaviour,
    ::testing::Values(
        Wrong{"ALateAnswer", late_by(kTimeoutMs * 3 / 2), "did not answer within 200 ms"},
        Wrong{"AVeryLateAnswer", late_by(kTimeoutMs * 4), "did not answer within 200 ms"},
        Wrong{"AnotherUnit", answer_to(0, 9), "answer of unit 9, asked unit 1"},
        Wrong{"AnotherFunction", answer_to(1, 4), "function 4"},
        Wrong{"AShortAnswer", registers(1), "answer of 4 bytes, expected 6"},
        Wrong{"ALongAnswer", registers(3), "answer of 8 bytes, expected 6"},
        Wrong{"TheLongestAnswerThereCanBe", longest, ""},
        Wrong{"AnAnswerCutInTheMiddle", cut, "cut short or too slow"},
        Wrong{"AnAnswerThatDrips", drip, "cut short or too slow"},
        Wrong{"AUnitThatHangs", hang, "did not answer within"},
        Wrong{"NoiseBeforeAnAnswer", noise, ""}, Wrong{"AnEchoOfTheRequest", echo, ""},
        Wrong{"AnAnswerWhoseCrcIsWrong", damaged, "damaged answer"},
        Wrong{"AGatewaysExceptionWhichTellsThatItLives", exception, "gateway lives", Remedy::retry,
              kLongMs}),
    name_of<RtuPeer>);

TEST_F(ModbusRtuTest, ReadsAndWritesSeveralUnitsOnOneLine) {
    RtuPeer peer({});
    ModbusRtu master(loop.get_executor(), rtu_options(peer.path(), kLongMs));
    for (std::uint8_t unit = 1; unit < 6; ++unit) expect_good(master, unit, unit);
    EXPECT_TRUE(finish(master.write_register(1, 40, 7, soon())));
    EXPECT_TRUE(finish(master.write_registers(2, 41, {1, 2, 3}, soon())));
    EXPECT_TRUE(finish(master.write_coil(3, 9, true, soon())));
    EXPECT_TRUE(master.connected());
}

TEST_F(ModbusRtuTest, BytesBehindAGoodAnswerNeverBecomeTheNextOne) {
    const auto with_tail = [](RtuPeer& peer, const PeerBytes& request) {
        PeerBytes answer = RtuPeer::good(request);
        const PeerBytes tail = RtuPeer::bad(request);
        answer.insert(answer.end(), tail.begin(), tail.end());
        peer.send(answer);
        return true;
    };
    RtuPeer peer({with_tail});
    ModbusRtu master(loop.get_executor(), rtu_options(peer.path(), kLongMs));
    expect_good(master, 10);
    for (std::uint16_t start = 20; start < 25; ++start) expect_good(master, start);
}

TEST_F(ModbusRtuTest, SurvivesALineThatBabbles) {
    const auto babble = [](RtuPeer& peer, const PeerBytes&) {
        for (int i = 0; i < 60; ++i) {
            peer.send(PeerBytes(16, 0x55));
            RtuPeer::sleep_ms(5);
        }
        return true;
    };
    RtuPeer peer({babble});
    ModbusRtu master(loop.get_executor(), rtu_options(peer.path(), kTimeoutMs));
    EXPECT_FALSE(read(master));
    // On a busy machine the babble has pauses: then a call or two more are lost, and none is wrong.
    int good = 0;
    for (std::uint16_t start = 20; start < 60 && good < 5; ++start) {
        const auto next = read(master, start);
        if (!next) continue;
        ++good;
        EXPECT_THAT(*next, ElementsAre(1000 + start, 1001 + start));
    }
    EXPECT_EQ(good, 5);
}

TEST_F(ModbusRtuTest, RefusesAConfirmationOfAnotherRegister) {
    const auto other = [](RtuPeer& peer, const PeerBytes& request) {
        PeerBytes answer(request.begin(), request.end() - 2);
        answer[3] = static_cast<std::uint8_t>(answer[3] + 1);
        peer.send(RtuPeer::with_crc(answer));
        return true;
    };
    RtuPeer peer({other});
    ModbusRtu master(loop.get_executor(), rtu_options(peer.path(), kTimeoutMs));
    const auto done = finish(master.write_register(1, 40, 7, Clock::now() + milliseconds(5'000)));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().remedy, Remedy::reconnect);
    EXPECT_THAT(done.error().what, HasSubstr("confirms another write"));
}

TEST_F(ModbusRtuTest, AnAdapterPulledOutIsAFaultAtOnceAndEveryCallAfterIt) {
    const auto pull = [](RtuPeer&, const PeerBytes&) { return false; };
    RtuPeer peer({pull});
    ModbusRtu master(loop.get_executor(), rtu_options(peer.path(), 10'000));
    for (int i = 0; i < 3; ++i) expect_fault(master, Remedy::reconnect, peer.path());
    EXPECT_FALSE(master.connected());
}

TEST_F(ModbusRtuTest, AnAdapterThatIsNotThereIsNamed) {
    ModbusRtu master(loop.get_executor(), rtu_options("/dev/ttyNowhere", kTimeoutMs));
    expect_fault(master, Remedy::reconnect, "/dev/ttyNowhere: cannot be opened");
}

TEST_F(ModbusRtuTest, ALineHasOneOwner) {
    RtuPeer peer({});
    ModbusRtu first(loop.get_executor(), rtu_options(peer.path(), kLongMs));
    ASSERT_TRUE(read(first));
    ModbusRtu second(loop.get_executor(), rtu_options(peer.path(), kLongMs));
    const auto words = read(second);
    ASSERT_FALSE(words);
    expect_good(first, 10);
}

TEST_F(ModbusRtuTest, ACommandWhoseTimeHasPassedIsNeverSent) {
    RtuPeer peer({});
    ModbusRtu master(loop.get_executor(), rtu_options(peer.path(), kLongMs));
    const auto done = finish(master.write_register(1, 40, 7, Clock::now() - milliseconds(1)));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().remedy, Remedy::stop);
    EXPECT_TRUE(read(master));
    EXPECT_EQ(peer.requests(), 1);
}

TEST_F(ModbusRtuTest, ACommandToAUnitThatJustFellSilentIsNotSentLate) {
    RtuPeer peer({hang});
    ModbusRtu master(loop.get_executor(), rtu_options(peer.path(), kTimeoutMs));
    EXPECT_FALSE(read(master));
    const auto done = finish(master.write_register(1, 40, 7, Clock::now() + milliseconds(50)));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().remedy, Remedy::stop);
    EXPECT_EQ(peer.requests(), 1);
}

TEST_F(ModbusRtuTest, ADeadPeerDoesNotBlockTheStop) {
    RtuPeer peer({hang});
    auto master =
        std::make_unique<ModbusRtu>(loop.get_executor(), rtu_options(peer.path(), 60'000));
    asio::steady_timer later(loop, milliseconds(50));
    later.async_wait([&](auto) { master.reset(); });
    expect_fault(*master, Remedy::stop, "stopped");
}

TEST_F(ModbusRtuTest, ALineWithItsDescriptorAbove1024DoesNotAbort) {
    RtuPeer peer({});
    ModbusRtu early(loop.get_executor(), rtu_options(peer.path(), kLongMs));
    const ManyDescriptors many;
    if (!many.possible()) GTEST_SKIP() << "the system allows too few descriptors";
    expect_good(early, 10);
    ModbusRtu late(loop.get_executor(), rtu_options(peer.path(), kTimeoutMs));
    expect_fault(late, Remedy::reconnect, "no descriptor below");
}

}  // namespace
}  // namespace kemas::bus
