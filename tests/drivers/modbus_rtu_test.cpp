// Every defect of libmodbus 3.1.6 on a serial line, as a peer that provokes it: nothing wrong is
// handed out, every call is bounded, the line comes back.
#include "drivers/bus/modbus_rtu.hpp"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <optional>

#include "tests/drivers/peers/rtu_peer.hpp"

namespace kemas::bus {
namespace {

namespace asio = boost::asio;
using kemas::test::RtuPeer;
using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Clock = std::chrono::steady_clock;
using PeerBytes = RtuPeer::Bytes;

constexpr int kTimeoutMs = 100;

class ModbusRtuTest : public ::testing::Test {
 protected:
    ModbusRtuOptions options(const std::string& path) {
        ModbusRtuOptions result;
        result.device = path;
        result.baud = 115'200;
        result.parity = 'N';
        result.timeout_ms = kTimeoutMs;
        return result;
    }
    template <class T>
    T finish(asio::awaitable<T> call) {
        std::optional<T> outcome;
        asio::co_spawn(loop, std::move(call), [&](std::exception_ptr error, T value) {
            if (error) std::rethrow_exception(error);
            outcome = std::move(value);
        });
        loop.restart();
        const auto last = Clock::now() + std::chrono::seconds(20);
        while (!outcome && Clock::now() < last) loop.run_one_for(milliseconds(50));
        EXPECT_TRUE(outcome) << "the call did not end";
        return std::move(*outcome);
    }
    Result<Registers> read(ModbusRtu& master, std::uint16_t start = 10, std::uint8_t unit = 1) {
        return finish(master.read_registers(unit, 3, start, 2));
    }
    // One misbehaviour, then a good line: nothing wrong is accepted, and soon all is well.
    void survives(RtuPeer::Behaviour behaviour, const std::string& words,
                  Remedy remedy = Remedy::reconnect) {
        RtuPeer peer({std::move(behaviour)});
        ModbusRtu master(loop.get_executor(), options(peer.path()));
        const auto first = read(master);
        ASSERT_FALSE(first.has_value());
        EXPECT_EQ(first.error().remedy, remedy) << first.error().what;
        EXPECT_THAT(first.error().what, HasSubstr(words));
        for (std::uint16_t start = 20; start < 25; ++start) {
            const auto next = read(master, start);
            ASSERT_TRUE(next.has_value()) << next.error().what;
            EXPECT_THAT(*next, ElementsAre(1000 + start, 1001 + start));
        }
    }
    asio::io_context loop;
};

TEST_F(ModbusRtuTest, ReadsAndWritesSeveralUnitsOnOneLine) {
    RtuPeer peer({});
    ModbusRtu master(loop.get_executor(), options(peer.path()));
    for (std::uint8_t unit = 1; unit < 6; ++unit)
        EXPECT_THAT(read(master, unit, unit).value_or(Registers{}),
                    ElementsAre(1000 + unit, 1001 + unit));
    const auto soon = Clock::now() + std::chrono::seconds(30);
    EXPECT_TRUE(finish(master.write_register(1, 40, 7, soon)));
    EXPECT_TRUE(finish(master.write_registers(2, 41, {1, 2, 3}, soon)));
    EXPECT_TRUE(finish(master.write_coil(3, 9, true, soon)));
    EXPECT_TRUE(master.connected());
}

TEST_F(ModbusRtuTest, ALateAnswerNeverBecomesTheNextOne) {
    const auto late = [](RtuPeer& peer, const PeerBytes& request) {
        RtuPeer::sleep_ms(kTimeoutMs * 3 / 2);
        peer.send(RtuPeer::bad(request));
        return true;
    };
    survives(late, "did not answer within 100 ms");
}

TEST_F(ModbusRtuTest, AVeryLateAnswerNeverBecomesTheNextOneOfItsUnit) {
    const auto late = [](RtuPeer& peer, const PeerBytes& request) {
        RtuPeer::sleep_ms(kTimeoutMs * 4);
        peer.send(RtuPeer::bad(request));
        return true;
    };
    survives(late, "did not answer within 100 ms");
}

// An answer that waits for its moment: it comes when the next question of its unit is asked,
// however long after its own time that is.
class RtuLateness : public ModbusRtuTest, public ::testing::WithParamInterface<int> {
 protected:
    // Polls as a driver does; nothing wrong may come, and the last polls are good.
    void polls_well(RtuPeer& peer, int polls, int good_at_the_end) {
        ModbusRtu master(loop.get_executor(), options(peer.path()));
        int good = 0;
        for (int i = 0; i < polls; ++i) {
            const auto words = read(master);
            good = words ? good + 1 : 0;
            if (!words) continue;
            EXPECT_THAT(*words, ElementsAre(1010, 1011)) << "poll " << i;
        }
        EXPECT_GE(good, good_at_the_end);
    }
    static RtuPeer::Behaviour held(std::shared_ptr<std::deque<PeerBytes>> back) {
        return [back](RtuPeer&, const PeerBytes& request) {
            back->push_back(RtuPeer::bad(request));
            return true;
        };
    }
};

TEST_P(RtuLateness, AnAnswerHeldBackUntilTheNextQuestionIsNeverTaken) {
    const auto back = std::make_shared<std::deque<PeerBytes>>();
    const auto release = [back](RtuPeer& peer, const PeerBytes&) {
        if (!back->empty()) peer.send(back->front());
        back->clear();
        return true;
    };
    std::deque<RtuPeer::Behaviour> script(static_cast<std::size_t>(GetParam()), held(back));
    script.push_back(release);
    RtuPeer peer(std::move(script));
    polls_well(peer, GetParam() + 4, 3);
}

TEST_P(RtuLateness, AnAnswerHeldBackAndThenFollowedByTheRightOneIsNeverTaken) {
    const auto back = std::make_shared<std::deque<PeerBytes>>();
    const auto release = [back](RtuPeer& peer, const PeerBytes& request) {
        for (const auto& answer : *back) peer.send(answer);
        back->clear();
        RtuPeer::sleep_ms(5);
        peer.send(RtuPeer::good(request));
        return true;
    };
    std::deque<RtuPeer::Behaviour> script(static_cast<std::size_t>(GetParam()), held(back));
    script.push_back(release);
    RtuPeer peer(std::move(script));
    polls_well(peer, GetParam() + 4, 3);
}

TEST_P(RtuLateness, AUnitThatStaysAnswersBehindIsNeverBelieved) {
    const auto back = std::make_shared<std::deque<PeerBytes>>();
    const auto behind = [back, by = static_cast<std::size_t>(GetParam())](
                            RtuPeer& peer, const PeerBytes& request) {
        back->push_back(RtuPeer::bad(request));
        if (back->size() <= by) return true;
        peer.send(back->front());
        back->pop_front();
        return true;
    };
    RtuPeer peer({}, behind);
    polls_well(peer, 5, 0);
}

INSTANTIATE_TEST_SUITE_P(Behind, RtuLateness, ::testing::Values(1, 3));

TEST_F(ModbusRtuTest, ALateRefusalIsNotTakenForThatOfAWrite) {
    // The read's exception comes when the write is asked: the write was done all the same.
    const auto silent = [](RtuPeer&, const PeerBytes&) { return true; };
    const auto late = [](RtuPeer& peer, const PeerBytes& request) {
        peer.send(RtuPeer::with_crc({request[0], 0x86, 0x02}));
        return true;
    };
    RtuPeer peer({silent, late});
    ModbusRtu master(loop.get_executor(), options(peer.path()));
    const auto soon = Clock::now() + std::chrono::seconds(30);
    EXPECT_EQ(finish(master.write_register(1, 40, 7, soon)).error().remedy, Remedy::reconnect);
    const auto second = finish(master.write_register(1, 40, 8, soon));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().remedy, Remedy::stop) << second.error().what;
    EXPECT_THAT(second.error().what, HasSubstr("the command was not sent"));
    EXPECT_TRUE(finish(master.write_register(1, 40, 8, soon)));
}

TEST_F(ModbusRtuTest, ALateAnswerNeverBecomesThatOfAnotherUnit) {
    // Unit 1's answer comes while unit 2 is asked: the unit tells them apart.
    const auto silent = [](RtuPeer&, const PeerBytes&) { return true; };
    const auto foreign_first = [](RtuPeer& peer, const PeerBytes& request) {
        PeerBytes other = request;
        other[0] = 1;
        peer.send(RtuPeer::bad(other));
        return true;
    };
    RtuPeer peer({silent, foreign_first});
    ModbusRtu master(loop.get_executor(), options(peer.path()));
    EXPECT_FALSE(read(master, 10, 1));
    const auto second = read(master, 20, 2);
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().what, HasSubstr("unit 1, asked unit 2"));
    EXPECT_THAT(read(master, 20, 2).value_or(Registers{}), ElementsAre(1020, 1021));
    EXPECT_THAT(read(master, 10, 1).value_or(Registers{}), ElementsAre(1010, 1011));
}

TEST_F(ModbusRtuTest, ADeadUnitDoesNotKeepTheOthersFromTheirTurn) {
    const auto only_two = [](RtuPeer& peer, const PeerBytes& request) {
        if (request[0] == 2) peer.send(RtuPeer::good(request));
        return true;
    };
    RtuPeer peer({}, only_two);
    ModbusRtu master(loop.get_executor(), options(peer.path()));
    int dead = 0, alive = 0;
    const auto count = [](int& into) {
        return [&into](std::exception_ptr, Result<Registers>) { ++into; };
    };
    const auto last = Clock::now() + std::chrono::seconds(20);
    asio::co_spawn(loop, master.read_registers(1, 3, 0, 2), count(dead));
    for (int i = 0; i < 20; ++i)
        asio::co_spawn(loop, master.read_registers(2, 3, 0, 2), count(alive));
    while (alive < 20 && Clock::now() < last) loop.run_one_for(milliseconds(20));
    EXPECT_EQ(alive, 20);
    EXPECT_EQ(dead, 1);
}

TEST_F(ModbusRtuTest, RefusesAnotherUnit) {
    const auto wrong = [](RtuPeer& peer, PeerBytes request) {
        request[0] = 9;
        peer.send(RtuPeer::bad(request));
        return true;
    };
    survives(wrong, "answer of unit 9, asked unit 1");
}

TEST_F(ModbusRtuTest, RefusesAnotherFunction) {
    const auto wrong = [](RtuPeer& peer, PeerBytes request) {
        request[1] = 4;
        peer.send(RtuPeer::bad(request));
        return true;
    };
    survives(wrong, "function 4");
}

TEST_F(ModbusRtuTest, RefusesAShortAnswer) {
    const auto brief = [](RtuPeer& peer, const PeerBytes& request) {
        peer.send(RtuPeer::registers(request, 10, 1, 0xBAD0));
        return true;
    };
    survives(brief, "answer of 4 bytes, expected 6");
}

TEST_F(ModbusRtuTest, RefusesALongAnswer) {
    const auto lengthy = [](RtuPeer& peer, const PeerBytes& request) {
        peer.send(RtuPeer::registers(request, 10, 3, 0xBAD0));
        return true;
    };
    survives(lengthy, "answer of 8 bytes, expected 6");
}

TEST_F(ModbusRtuTest, RefusesTheLongestAnswerThereCanBe) {
    const auto huge = [](RtuPeer& peer, const PeerBytes& request) {
        PeerBytes answer{request[0], request[1], 255};
        answer.resize(3 + 255, 0xBA);
        peer.send(RtuPeer::with_crc(answer));
        return true;
    };
    survives(huge, "");
}

TEST_F(ModbusRtuTest, RefusesAnAnswerCutInTheMiddle) {
    const auto cut = [](RtuPeer& peer, const PeerBytes& request) {
        PeerBytes answer = RtuPeer::bad(request);
        answer.resize(5);
        peer.send(answer);
        return true;
    };
    survives(cut, "cut short or too slow");
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
    ModbusRtu master(loop.get_executor(), options(peer.path()));
    EXPECT_THAT(read(master).value_or(Registers{}), ElementsAre(1010, 1011));
    for (std::uint16_t start = 20; start < 25; ++start)
        EXPECT_THAT(read(master, start).value_or(Registers{}),
                    ElementsAre(1000 + start, 1001 + start));
}

TEST_F(ModbusRtuTest, BoundsAnAnswerThatDrips) {
    const auto drip = [](RtuPeer& peer, const PeerBytes& request) {
        for (const std::uint8_t byte : RtuPeer::bad(request)) {
            peer.send({byte});
            RtuPeer::sleep_ms(kTimeoutMs / 4);
        }
        return true;
    };
    survives(drip, "cut short or too slow");
}

TEST_F(ModbusRtuTest, BoundsAUnitThatHangs) {
    const auto hang = [](RtuPeer&, const PeerBytes&) { return true; };
    survives(hang, "did not answer within");
}

TEST_F(ModbusRtuTest, SurvivesNoiseBeforeAnAnswer) {
    const auto noise = [](RtuPeer& peer, const PeerBytes& request) {
        PeerBytes answer{0x00, 0xFF};
        const PeerBytes good = RtuPeer::bad(request);
        answer.insert(answer.end(), good.begin(), good.end());
        peer.send(answer);
        return true;
    };
    survives(noise, "");
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
    ModbusRtu master(loop.get_executor(), options(peer.path()));
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

TEST_F(ModbusRtuTest, RefusesAnEchoOfTheRequest) {
    const auto echo = [](RtuPeer& peer, const PeerBytes& request) {
        peer.send(request);
        return true;
    };
    survives(echo, "");
}

TEST_F(ModbusRtuTest, RefusesAnAnswerWhoseCrcIsWrong) {
    const auto damaged = [](RtuPeer& peer, const PeerBytes& request) {
        PeerBytes answer = RtuPeer::bad(request);
        answer.back() ^= 0x01;
        peer.send(answer);
        return true;
    };
    survives(damaged, "damaged answer");
}

TEST_F(ModbusRtuTest, RefusesAConfirmationOfAnotherRegister) {
    const auto other = [](RtuPeer& peer, const PeerBytes& request) {
        PeerBytes answer(request.begin(), request.end() - 2);
        answer[3] = static_cast<std::uint8_t>(answer[3] + 1);
        peer.send(RtuPeer::with_crc(answer));
        return true;
    };
    RtuPeer peer({other});
    ModbusRtu master(loop.get_executor(), options(peer.path()));
    const auto done = finish(master.write_register(1, 40, 7, Clock::now() + milliseconds(5'000)));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().remedy, Remedy::reconnect);
    EXPECT_THAT(done.error().what, HasSubstr("confirms another write"));
}

TEST_F(ModbusRtuTest, AGatewaysExceptionTellsThatTheGatewayLives) {
    const auto exception = [](RtuPeer& peer, const PeerBytes& request) {
        peer.send(RtuPeer::with_crc({request[0], 0x83, 0x0B}));
        return true;
    };
    survives(exception, "gateway lives", Remedy::retry);
}

TEST_F(ModbusRtuTest, AnAdapterPulledOutIsAFaultAtOnceAndEveryCallAfterIt) {
    const auto pull = [](RtuPeer&, const PeerBytes&) { return false; };
    RtuPeer peer({pull});
    ModbusRtuOptions patient = options(peer.path());
    patient.timeout_ms = 10'000;
    ModbusRtu master(loop.get_executor(), patient);
    for (int i = 0; i < 3; ++i) {
        const auto words = read(master);
        ASSERT_FALSE(words);
        EXPECT_EQ(words.error().remedy, Remedy::reconnect);
        EXPECT_THAT(words.error().what, HasSubstr(peer.path()));
    }
    EXPECT_FALSE(master.connected());
}

TEST_F(ModbusRtuTest, AnAdapterThatIsNotThereIsNamed) {
    ModbusRtu master(loop.get_executor(), options("/dev/ttyNowhere"));
    const auto words = read(master);
    ASSERT_FALSE(words);
    EXPECT_THAT(words.error().what, HasSubstr("/dev/ttyNowhere: cannot be opened"));
}

TEST_F(ModbusRtuTest, ALineHasOneOwner) {
    RtuPeer peer({});
    ModbusRtu first(loop.get_executor(), options(peer.path()));
    ASSERT_TRUE(read(first));
    ModbusRtu second(loop.get_executor(), options(peer.path()));
    const auto words = read(second);
    ASSERT_FALSE(words);
    EXPECT_THAT(read(first).value_or(Registers{}), ElementsAre(1010, 1011));
}

TEST_F(ModbusRtuTest, ACommandWhoseTimeHasPassedIsNeverSent) {
    RtuPeer peer({});
    ModbusRtu master(loop.get_executor(), options(peer.path()));
    const auto done = finish(master.write_register(1, 40, 7, Clock::now() - milliseconds(1)));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().remedy, Remedy::stop);
    EXPECT_TRUE(read(master));
    EXPECT_EQ(peer.requests(), 1);
}

TEST_F(ModbusRtuTest, ACommandToAUnitThatJustFellSilentIsNotSentLate) {
    const auto hang = [](RtuPeer&, const PeerBytes&) { return true; };
    RtuPeer peer({hang});
    ModbusRtu master(loop.get_executor(), options(peer.path()));
    EXPECT_FALSE(read(master));
    const auto done = finish(master.write_register(1, 40, 7, Clock::now() + milliseconds(50)));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().remedy, Remedy::stop);
    EXPECT_EQ(peer.requests(), 1);
}

TEST_F(ModbusRtuTest, ADeadPeerDoesNotBlockTheStop) {
    const auto hang = [](RtuPeer&, const PeerBytes&) { return true; };
    RtuPeer peer({hang});
    ModbusRtuOptions patient = options(peer.path());
    patient.timeout_ms = 60'000;
    auto master = std::make_unique<ModbusRtu>(loop.get_executor(), patient);
    asio::steady_timer soon(loop, milliseconds(50));
    soon.async_wait([&](auto) { master.reset(); });
    const auto words = read(*master);
    ASSERT_FALSE(words);
    EXPECT_EQ(words.error().remedy, Remedy::stop);
}

TEST_F(ModbusRtuTest, ALineWithItsDescriptorAbove1024DoesNotAbort) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_max < 2'000) GTEST_SKIP() << "the system allows too few descriptors";
    const rlimit before = limit;
    limit.rlim_cur = 2'000;
    setrlimit(RLIMIT_NOFILE, &limit);
    RtuPeer peer({});
    ModbusRtu early(loop.get_executor(), options(peer.path()));
    std::vector<int> open;
    while (open.empty() || open.back() < 1'100) open.push_back(::open("/dev/null", O_RDONLY));
    EXPECT_THAT(read(early).value_or(Registers{}), ElementsAre(1010, 1011));
    {
        ModbusRtu late(loop.get_executor(), options(peer.path()));
        const auto words = read(late);
        ASSERT_FALSE(words);
        EXPECT_THAT(words.error().what, HasSubstr("no descriptor below"));
    }
    for (const int fd : open) ::close(fd);
    setrlimit(RLIMIT_NOFILE, &before);
}

}  // namespace
}  // namespace kemas::bus
