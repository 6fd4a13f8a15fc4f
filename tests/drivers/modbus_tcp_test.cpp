// What a Modbus TCP device may do wrong: nothing of it is handed out, every call is bounded, the
// next one is good.
#include "drivers/bus/modbus_tcp.hpp"

#include "tests/drivers/master_support.hpp"
#include "tests/drivers/peers/modbus_peer.hpp"

namespace kemas::bus {
namespace {

using kemas::test::Bytes;
using kemas::test::ModbusPeer;
using kemas::test::Request;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Socket = ModbusPeer::Socket;

// Where an answer comes at once, a busy machine must not make it late.
constexpr int kTimeoutMs = 2'000, kShortMs = 150;

ModbusTcpOptions options(std::uint16_t port, int timeout_ms = kTimeoutMs) {
    ModbusTcpOptions result;
    result.host = "127.0.0.1";
    result.port = port;
    result.timeout_ms = timeout_ms;
    return result;
}

using ModbusTcpTest = MasterTest;

TEST_F(ModbusTcpTest, ReadsManyTimesOverOneConnection) {
    ModbusPeer peer({});
    ModbusTcp master(loop.get_executor(), options(peer.port()));
    for (std::uint16_t start = 0; start < 50; ++start) expect_good(master, start);
    EXPECT_EQ(peer.connections(), 1);
}

using Wrong = Misbehaviour<ModbusPeer>;

class ModbusTcpMisbehaviour : public MasterTest, public ::testing::WithParamInterface<Wrong> {};

// One misbehaviour, then a good device: nothing wrong is accepted, the next good answer is.
TEST_P(ModbusTcpMisbehaviour, IsAFaultAndTheNextAnswerIsGood) {
    const Wrong& wrong = GetParam();
    ModbusPeer peer({wrong.behaviour});
    const int timeout_ms = wrong.timeout_ms ? wrong.timeout_ms : kTimeoutMs;
    ModbusTcp master(loop.get_executor(), options(peer.port(), timeout_ms));
    expect_fault(master, wrong.remedy, wrong.words);
    EXPECT_EQ(master.connected(), wrong.remedy == Remedy::retry);
    expect_good(master, 20);
    EXPECT_EQ(peer.connections(), wrong.remedy == Remedy::retry ? 1 : 2);
}

// A wrong answer with one byte changed.
ModbusPeer::Behaviour changed(std::size_t at, std::function<int(int)> change) {
    return [at, change](Socket& socket, const Request& request) {
        Bytes bytes = ModbusPeer::bad(request);
        bytes[at] = static_cast<std::uint8_t>(change(bytes[at]));
        return ModbusPeer::send(socket, bytes);
    };
}
ModbusPeer::Behaviour becomes(std::size_t at, int value) {
    return changed(at, [value](int) { return value; });
}
ModbusPeer::Behaviour frame_of(Bytes body) {
    return [body](Socket& socket, const Request& request) {
        return ModbusPeer::send(socket, ModbusPeer::frame(request, body));
    };
}
bool late(Socket& socket, const Request& request) {
    std::this_thread::sleep_for(milliseconds(kShortMs * 3 / 2));
    return ModbusPeer::send(socket, ModbusPeer::bad(request));
}
bool drip(Socket& socket, const Request& request) {
    for (const std::uint8_t byte : ModbusPeer::bad(request)) {
        if (!ModbusPeer::send(socket, {byte})) return false;
        std::this_thread::sleep_for(milliseconds(kShortMs / 5));
    }
    return true;
}
bool hang(Socket& socket, const Request&) {
    return ModbusPeer::wait_for_hang_up(socket);
}
bool die(Socket& socket, const Request& request) {
    Bytes bytes = ModbusPeer::bad(request);
    bytes.resize(10);
    ModbusPeer::send(socket, bytes);
    return false;
}
bool garbage(Socket& socket, const Request&) {
    return ModbusPeer::send(socket, Bytes(400, 0x5A));
}
bool echo(Socket& socket, const Request& request) {
    return ModbusPeer::send(socket, Bytes(request.begin(), request.end()));
}
bool exception(Socket& socket, const Request& r) {
    return ModbusPeer::send(socket, {r[0], r[1], 0, 0, 0, 3, r[6], 0x83, 0x0B});
}

const Remedy kLost = Remedy::reconnect;

INSTANTIATE_TEST_SUITE_P(
    Of, ModbusTcpMisbehaviour,
    ::testing::Values(
        Wrong{"ALateAnswer", late, "did not answer within 150 ms", kLost, kShortMs},
        Wrong{"AnotherUnit", becomes(6, 2), "unit 2"},
        Wrong{"AnotherTransaction", changed(1, [](int was) { return was - 1; }), "another request"},
        Wrong{"AnotherFunction", becomes(7, 4), "function 4"},
        Wrong{"AShortAnswer", frame_of({0xBA, 0xD0}), "claims 5 bytes"},
        Wrong{"ALongAnswer", frame_of(Bytes(6, 0xBA)), "claims 9 bytes"},
        Wrong{"AHeaderThatLiesAboutItsLength", becomes(5, 200), "claims 200 bytes"},
        Wrong{"AByteCountThatContradictsTheHeader", becomes(8, 2), "holds 2 bytes"},
        Wrong{"AnAnswerThatDrips", drip, "did not answer within", kLost, kShortMs},
        Wrong{"ADeviceThatHangs", hang, "did not answer within", kLost, kShortMs},
        Wrong{"ADeviceThatDiesInMidAnswer", die, "cut short"},
        Wrong{"Garbage", garbage, "not Modbus"},
        Wrong{"AnEchoOfTheRequest", echo, "claims 6 bytes"},
        Wrong{"AnExceptionWhichKeepsTheConnection", exception, "gateway lives", Remedy::retry}),
    name_of<ModbusPeer>);

TEST_F(ModbusTcpTest, BytesBehindAGoodAnswerNeverBecomeTheNextOne) {
    // The tail is itself a well-formed answer, to the transaction that comes next.
    const auto with_tail = [](Socket& socket, const Request& request) {
        Bytes bytes = ModbusPeer::good(request);
        Bytes tail = ModbusPeer::bad(request);
        tail[1] = static_cast<std::uint8_t>(tail[1] + 1);
        bytes.insert(bytes.end(), tail.begin(), tail.end());
        return ModbusPeer::send(socket, bytes);
    };
    ModbusPeer peer({with_tail});
    ModbusTcp master(loop.get_executor(), options(peer.port()));
    expect_good(master, 10);
    expect_good(master, 20);
    EXPECT_EQ(peer.connections(), 2);
}

TEST_F(ModbusTcpTest, ResolvesNames) {
    ModbusPeer peer({});
    ModbusTcpOptions named = options(peer.port());
    named.host = "localhost";
    ModbusTcp master(loop.get_executor(), named);
    expect_good(master, 10);
}

TEST_F(ModbusTcpTest, ANameThatDoesNotExistIsAFaultWithTheName) {
    ModbusTcpOptions named = options(502);
    named.host = "no-such-host.invalid";
    ModbusTcp master(loop.get_executor(), named);
    const auto words = read(master);
    ASSERT_FALSE(words);
    EXPECT_THAT(words.error().what, HasSubstr("no-such-host.invalid"));
}

TEST_F(ModbusTcpTest, ARefusedConnectionIsAFaultAtOnce) {
    std::uint16_t port = 0;
    { port = ModbusPeer({}).port(); }
    ModbusTcp master(loop.get_executor(), options(port));
    expect_fault(master, Remedy::reconnect, "no connection");
}

TEST_F(ModbusTcpTest, StopEndsACallUnderWay) {
    ModbusPeer peer({hang});
    auto master = std::make_unique<ModbusTcp>(loop.get_executor(), options(peer.port(), 60'000));
    asio::steady_timer later(loop, milliseconds(30));
    later.async_wait([&](auto) { master.reset(); });
    expect_fault(*master, Remedy::stop, "stopped");
}

TEST_F(ModbusTcpTest, WorksWithDescriptorsAbove1024) {
    const ManyDescriptors many;
    if (!many.possible()) GTEST_SKIP() << "the system allows too few descriptors";
    ModbusPeer peer({});
    ModbusTcp master(loop.get_executor(), options(peer.port()));
    expect_good(master, 10);
}

}  // namespace
}  // namespace kemas::bus
