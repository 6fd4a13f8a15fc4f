// Commands over Modbus TCP: confirmed or unknown, never late, never waiting behind polls for ever.
#include <boost/asio/detached.hpp>

#include "drivers/bus/modbus_tcp.hpp"
#include "tests/drivers/master_support.hpp"
#include "tests/drivers/peers/modbus_peer.hpp"

namespace kemas::bus {
namespace {

using kemas::test::ModbusPeer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Socket = ModbusPeer::Socket;
using PeerRequest = kemas::test::Request;

bool hang(Socket& socket, const PeerRequest&) {
    return ModbusPeer::wait_for_hang_up(socket);
}

class ModbusTcpWriteTest : public MasterTest {
 protected:
    ModbusTcpOptions options(std::uint16_t port, int timeout_ms = 2'000) {
        ModbusTcpOptions result;
        result.host = "127.0.0.1";
        result.port = port;
        result.timeout_ms = timeout_ms;
        return result;
    }
    // Starts a call; its end is noted under `name`.
    template <class T>
    void begin(const std::string& name, asio::awaitable<T> call) {
        asio::co_spawn(loop, std::move(call), [this, name](std::exception_ptr error, T value) {
            if (error) std::rethrow_exception(error);
            ended.push_back(value ? name : name + ": " + value.error().what);
        });
    }
    void run_until(std::size_t count) {
        const auto last = Clock::now() + std::chrono::seconds(20);
        loop.restart();
        while (ended.size() < count && Clock::now() < last) loop.run_one_for(milliseconds(50));
        ASSERT_EQ(ended.size(), count);
    }
    static std::vector<int> functions(const ModbusPeer& peer) {
        std::vector<int> codes;
        for (const auto& request : peer.seen()) codes.push_back(request[7]);
        return codes;
    }
    std::vector<std::string> ended;
};

TEST_F(ModbusTcpWriteTest, WritesRegistersAndCoils) {
    ModbusPeer peer({});
    ModbusTcp master(loop.get_executor(), options(peer.port()));
    EXPECT_TRUE(finish(master.write_register(1, 40, 7, soon())));
    EXPECT_TRUE(finish(master.write_registers(1, 41, {1, 2, 3}, soon())));
    EXPECT_TRUE(finish(master.write_coil(1, 9, true, soon())));
    EXPECT_THAT(functions(peer), ElementsAre(6, 16, 5));
    EXPECT_EQ(peer.seen()[1].size(), 19u);
    EXPECT_EQ(peer.seen()[2][10], 0xFF);
}

TEST_F(ModbusTcpWriteTest, ReadsBits) {
    const auto bits = [](Socket& socket, const PeerRequest& r) {
        return ModbusPeer::send(socket, {r[0], r[1], 0, 0, 0, 4, r[6], r[7], 1, 0b101});
    };
    ModbusPeer peer({bits});
    ModbusTcp master(loop.get_executor(), options(peer.port()));
    const auto heard = finish(master.read_bits(1, 2, 0, 3));
    ASSERT_TRUE(heard) << heard.error().what;
    EXPECT_THAT(*heard, ElementsAre(true, false, true));
}

TEST_F(ModbusTcpWriteTest, AConfirmationOfAnotherAddressIsNoConfirmation) {
    const auto other = [](Socket& socket, PeerRequest r) {
        r[9] = static_cast<std::uint8_t>(r[9] + 1);
        return ModbusPeer::send(socket, r);
    };
    ModbusPeer peer({other});
    ModbusTcp master(loop.get_executor(), options(peer.port()));
    const auto done = finish(master.write_register(1, 40, 7, soon()));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().remedy, Remedy::reconnect);
    EXPECT_THAT(done.error().what, HasSubstr("confirms another write"));
}

TEST_F(ModbusTcpWriteTest, ACommandWhoseTimeHasPassedIsNeverSent) {
    ModbusPeer peer({});
    ModbusTcp master(loop.get_executor(), options(peer.port()));
    const auto done = finish(master.write_register(1, 40, 7, Clock::now() - milliseconds(1)));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().remedy, Remedy::stop);
    EXPECT_THAT(done.error().what, HasSubstr("was not sent"));
    EXPECT_TRUE(finish(master.read_registers(1, 3, 0, 1))) << "the line is in order";
    EXPECT_THAT(functions(peer), ElementsAre(3));
}

TEST_F(ModbusTcpWriteTest, ACommandThatWaitsBehindASlowPollTooLongIsNeverSent) {
    const auto slow = [](Socket& socket, const PeerRequest& r) {
        std::this_thread::sleep_for(milliseconds(150));
        return ModbusPeer::send(socket, ModbusPeer::good(r));
    };
    ModbusPeer peer({slow});
    ModbusTcp master(loop.get_executor(), options(peer.port()));
    begin("poll", master.read_registers(1, 3, 0, 1));
    begin("command", master.write_register(1, 40, 7, Clock::now() + milliseconds(50)));
    run_until(2);
    EXPECT_THAT(ended[0], HasSubstr("command: "));
    EXPECT_THAT(ended[0], HasSubstr("was not sent"));
    EXPECT_EQ(ended[1], "poll");
    EXPECT_THAT(functions(peer), ElementsAre(3));
}

TEST_F(ModbusTcpWriteTest, UsersOfOneLineHaveTheirTurnsInOrderAndCommandsGoFirst) {
    ModbusPeer peer({});
    ModbusTcp master(loop.get_executor(), options(peer.port()));
    for (const char* name : {"a", "b", "c"}) begin(name, master.read_registers(1, 3, 0, 1));
    begin("command", master.write_register(2, 40, 7, soon()));
    run_until(4);
    EXPECT_THAT(ended, ElementsAre("a", "command", "b", "c"));
    EXPECT_EQ(peer.connections(), 1);
}

TEST_F(ModbusTcpWriteTest, CommandsDoNotStarveAPoll) {
    ModbusPeer peer({});
    ModbusTcp master(loop.get_executor(), options(peer.port()));
    begin("first", master.read_registers(1, 3, 0, 1));
    begin("poll", master.read_registers(1, 3, 0, 1));
    for (int i = 0; i < 8; ++i) begin("command", master.write_register(1, 40, 7, soon()));
    run_until(10);
    EXPECT_EQ(std::find(ended.begin(), ended.end(), "poll") - ended.begin(), 5);
}

TEST_F(ModbusTcpWriteTest, AnUnansweredCommandIsTakenBackFromTheWire) {
    boost::system::error_code how;
    std::atomic<bool> gone = false;
    const auto hang = [&](Socket& socket, const PeerRequest&) {
        std::uint8_t byte = 0;
        boost::asio::read(socket, boost::asio::buffer(&byte, 1), how);
        gone = true;
        return false;
    };
    ModbusPeer peer({hang});
    ModbusTcp master(loop.get_executor(), options(peer.port(), 60));
    const auto done = finish(master.write_register(1, 40, 7, soon()));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().remedy, Remedy::reconnect);
    for (int i = 0; i < 1'000 && !gone; ++i) std::this_thread::sleep_for(milliseconds(5));
    ASSERT_TRUE(gone);
    EXPECT_EQ(how, asio::error::connection_reset) << "bytes still queued would be sent later";
}

TEST_F(ModbusTcpWriteTest, ACommandCutOffByAStopIsUnknownNotUndone) {
    ModbusPeer peer({hang});
    ModbusTcp master(loop.get_executor(), options(peer.port(), 60'000));
    asio::steady_timer later(loop, milliseconds(50));
    later.async_wait([&](auto) { master.stop(); });
    const auto done = finish(master.write_register(1, 40, 7, soon()));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().remedy, Remedy::reconnect);
    const auto next = finish(master.write_register(1, 40, 7, soon()));
    ASSERT_FALSE(next);
    EXPECT_EQ(next.error().remedy, Remedy::stop);
}

TEST_F(ModbusTcpWriteTest, AStopEndsAllThatWait) {
    ModbusPeer peer({hang});
    auto master = std::make_unique<ModbusTcp>(loop.get_executor(), options(peer.port(), 60'000));
    for (const char* name : {"a", "b", "c"}) begin(name, master->read_registers(1, 3, 0, 1));
    asio::steady_timer later(loop, milliseconds(50));
    later.async_wait([&](auto) { master.reset(); });
    run_until(3);
    for (const auto& end : ended) EXPECT_THAT(end, HasSubstr("stopped"));
}

}  // namespace
}  // namespace kemas::bus
