#include "drivers/bus/modbus_tcp.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <optional>

#include "tests/drivers/peers/modbus_peer.hpp"

namespace kemas::bus {
namespace {

namespace asio = boost::asio;
using kemas::test::Bytes;
using kemas::test::ModbusPeer;
using kemas::test::Request;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Socket = ModbusPeer::Socket;
using Words = std::vector<std::uint16_t>;
using std::chrono::milliseconds;

constexpr int kTimeoutMs = 100;

class ModbusTcpTest : public ::testing::Test {
 protected:
    ModbusTcpOptions options(std::uint16_t port) {
        ModbusTcpOptions result;
        result.host = "127.0.0.1";
        result.port = port;
        result.timeout_ms = kTimeoutMs;
        return result;
    }
    Result<Words> read(ModbusTcp& master, std::uint16_t start = 10) {
        std::optional<Result<Words>> outcome;
        asio::co_spawn(loop, master.read_registers(1, 3, start, 2),
                       [&](std::exception_ptr error, Result<Words> words) {
                           if (error) std::rethrow_exception(error);
                           outcome = std::move(words);
                           loop.stop();
                       });
        loop.restart();
        loop.run_for(milliseconds(kTimeoutMs * 20));  // a call that is not bounded ends here
        EXPECT_TRUE(outcome) << "the call did not end";
        return outcome.value_or(fail(Remedy::stop, "endless"));
    }
    // One misbehaviour, then a good device: nothing wrong is accepted, the next good answer is.
    void survives(ModbusPeer::Behaviour behaviour, Remedy remedy, const std::string& words) {
        ModbusPeer peer({std::move(behaviour)});
        ModbusTcp master(loop.get_executor(), options(peer.port()));
        const Result<Words> first = read(master);
        ASSERT_FALSE(first.has_value());
        EXPECT_EQ(first.error().remedy, remedy) << first.error().what;
        EXPECT_THAT(first.error().what, HasSubstr(words));
        EXPECT_EQ(master.connected(), remedy == Remedy::retry);
        const Result<Words> second = read(master, 20);
        ASSERT_TRUE(second.has_value()) << second.error().what;
        EXPECT_THAT(*second, ElementsAre(1020, 1021));
        EXPECT_EQ(peer.connections(), remedy == Remedy::retry ? 1 : 2);
    }
    asio::io_context loop;
};

TEST_F(ModbusTcpTest, ReadsManyTimesOverOneConnection) {
    ModbusPeer peer({});
    ModbusTcp master(loop.get_executor(), options(peer.port()));
    for (std::uint16_t start = 0; start < 50; ++start) {
        const auto words = read(master, start);
        ASSERT_TRUE(words) << words.error().what;
        EXPECT_THAT(*words, ElementsAre(1000 + start, 1001 + start));
    }
    EXPECT_EQ(peer.connections(), 1);
}

TEST_F(ModbusTcpTest, RefusesALateAnswer) {
    const auto late = [](Socket& socket, const Request& request) {
        std::this_thread::sleep_for(milliseconds(kTimeoutMs * 3 / 2));
        return ModbusPeer::send(socket, ModbusPeer::bad(request));
    };
    survives(late, Remedy::reconnect, "did not answer within 100 ms");
}

TEST_F(ModbusTcpTest, RefusesAnotherUnit) {
    const auto wrong = [](Socket& socket, const Request& request) {
        Bytes bytes = ModbusPeer::bad(request);
        bytes[6] = 2;
        return ModbusPeer::send(socket, bytes);
    };
    survives(wrong, Remedy::reconnect, "unit 2");
}

TEST_F(ModbusTcpTest, RefusesAnotherTransaction) {
    const auto wrong = [](Socket& socket, const Request& request) {
        Bytes bytes = ModbusPeer::bad(request);
        bytes[1] = static_cast<std::uint8_t>(bytes[1] - 1);
        return ModbusPeer::send(socket, bytes);
    };
    survives(wrong, Remedy::reconnect, "another request");
}

TEST_F(ModbusTcpTest, RefusesAnotherFunction) {
    const auto wrong = [](Socket& socket, const Request& request) {
        Bytes bytes = ModbusPeer::bad(request);
        bytes[7] = 4;
        return ModbusPeer::send(socket, bytes);
    };
    survives(wrong, Remedy::reconnect, "function 4");
}

TEST_F(ModbusTcpTest, RefusesAShortAnswer) {
    const auto brief = [](Socket& socket, const Request& request) {
        return ModbusPeer::send(socket, ModbusPeer::frame(request, {0xBA, 0xD0}));
    };
    survives(brief, Remedy::reconnect, "claims 5 bytes");
}

TEST_F(ModbusTcpTest, RefusesALongAnswer) {
    const auto lengthy = [](Socket& socket, const Request& request) {
        return ModbusPeer::send(socket, ModbusPeer::frame(request, Bytes(6, 0xBA)));
    };
    survives(lengthy, Remedy::reconnect, "claims 9 bytes");
}

TEST_F(ModbusTcpTest, RefusesAHeaderThatLiesAboutItsLength) {
    const auto lie = [](Socket& socket, const Request& request) {
        Bytes bytes = ModbusPeer::bad(request);
        bytes[5] = 200;
        return ModbusPeer::send(socket, bytes);
    };
    survives(lie, Remedy::reconnect, "claims 200 bytes");
}

TEST_F(ModbusTcpTest, RefusesAByteCountThatContradictsTheHeader) {
    const auto lie = [](Socket& socket, const Request& request) {
        Bytes bytes = ModbusPeer::bad(request);
        bytes[8] = 2;
        return ModbusPeer::send(socket, bytes);
    };
    survives(lie, Remedy::reconnect, "holds 2 bytes");
}

TEST_F(ModbusTcpTest, BoundsAnAnswerThatDrips) {
    const auto drip = [](Socket& socket, const Request& request) {
        for (const std::uint8_t byte : ModbusPeer::bad(request)) {
            if (!ModbusPeer::send(socket, {byte})) return false;
            std::this_thread::sleep_for(milliseconds(kTimeoutMs / 5));
        }
        return true;
    };
    survives(drip, Remedy::reconnect, "did not answer within");
}

TEST_F(ModbusTcpTest, BoundsADeviceThatHangs) {
    const auto hang = [](Socket& socket, const Request&) {
        return ModbusPeer::wait_for_hang_up(socket);
    };
    survives(hang, Remedy::reconnect, "did not answer within");
}

TEST_F(ModbusTcpTest, SurvivesADeviceThatDiesInMidAnswer) {
    const auto die = [](Socket& socket, const Request& request) {
        Bytes bytes = ModbusPeer::bad(request);
        bytes.resize(10);
        ModbusPeer::send(socket, bytes);
        return false;
    };
    survives(die, Remedy::reconnect, "cut short");
}

TEST_F(ModbusTcpTest, RefusesGarbage) {
    const auto garbage = [](Socket& socket, const Request&) {
        return ModbusPeer::send(socket, Bytes(400, 0x5A));
    };
    survives(garbage, Remedy::reconnect, "not Modbus");
}

TEST_F(ModbusTcpTest, RefusesAnEchoOfTheRequest) {
    const auto echo = [](Socket& socket, const Request& request) {
        return ModbusPeer::send(socket, Bytes(request.begin(), request.end()));
    };
    survives(echo, Remedy::reconnect, "claims 6 bytes");
}

TEST_F(ModbusTcpTest, KeepsTheConnectionAfterAnException) {
    const auto exception = [](Socket& socket, const Request& r) {
        return ModbusPeer::send(socket, {r[0], r[1], 0, 0, 0, 3, r[6], 0x83, 0x0B});
    };
    survives(exception, Remedy::retry, "gateway lives");
}

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
    EXPECT_THAT(read(master).value_or(Words{}), ElementsAre(1010, 1011));
    EXPECT_THAT(read(master, 20).value_or(Words{}), ElementsAre(1020, 1021));
    EXPECT_EQ(peer.connections(), 2);
}

TEST_F(ModbusTcpTest, ResolvesNames) {
    ModbusPeer peer({});
    ModbusTcpOptions named = options(peer.port());
    named.host = "localhost";
    named.timeout_ms = 2'000;
    ModbusTcp master(loop.get_executor(), named);
    EXPECT_THAT(read(master).value_or(Words{}), ElementsAre(1010, 1011));
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
    const auto words = read(master);
    ASSERT_FALSE(words);
    EXPECT_EQ(words.error().remedy, Remedy::reconnect);
    EXPECT_THAT(words.error().what, HasSubstr("no connection"));
}

TEST_F(ModbusTcpTest, StopEndsACallUnderWay) {
    const auto hang = [](Socket& socket, const Request&) {
        return ModbusPeer::wait_for_hang_up(socket);
    };
    ModbusPeer peer({hang});
    ModbusTcpOptions patient = options(peer.port());
    patient.timeout_ms = 60'000;
    auto master = std::make_unique<ModbusTcp>(loop.get_executor(), patient);
    asio::steady_timer soon(loop, milliseconds(30));
    soon.async_wait([&](auto) { master.reset(); });
    const auto words = read(*master);
    ASSERT_FALSE(words);
    EXPECT_EQ(words.error().remedy, Remedy::stop);
}

TEST_F(ModbusTcpTest, WorksWithDescriptorsAbove1024) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_max < 2'000) GTEST_SKIP() << "the system allows too few descriptors";
    const rlimit before = limit;
    limit.rlim_cur = 2'000;
    setrlimit(RLIMIT_NOFILE, &limit);
    std::vector<int> open;
    while (open.empty() || open.back() < 1'100) open.push_back(::open("/dev/null", O_RDONLY));
    {
        ModbusPeer peer({});
        ModbusTcp master(loop.get_executor(), options(peer.port()));
        EXPECT_THAT(read(master).value_or(Words{}), ElementsAre(1010, 1011));
    }
    for (const int fd : open) ::close(fd);
    setrlimit(RLIMIT_NOFILE, &before);
}

}  // namespace
}  // namespace kemas::bus
