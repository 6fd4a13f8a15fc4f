// Answers on a serial line that come when nobody waits for them any more, however late that is:
// none is taken for another.
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

constexpr int kTimeoutMs = 60;

// An answer that waits for its moment: it comes when the next question of its unit is asked,
// however long after its own time that is.
class RtuLateness : public MasterTest, public ::testing::WithParamInterface<int> {
 protected:
    // Polls as a driver does: nothing wrong may come, and in the end `in_a_row` are good.
    void polls_well(RtuPeer& peer, int in_a_row) {
        ModbusRtu master(loop.get_executor(), rtu_options(peer.path(), kTimeoutMs));
        const auto last = Clock::now() + std::chrono::seconds(20);
        int good = 0;
        while (good < in_a_row && Clock::now() < last) {
            const auto words = read(master);
            good = words ? good + 1 : 0;
            if (words) {
                ASSERT_THAT(*words, ElementsAre(1010, 1011));
            }
        }
        EXPECT_EQ(good, in_a_row);
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
    polls_well(peer, 3);
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
    polls_well(peer, 3);
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
    ModbusRtu master(loop.get_executor(), rtu_options(peer.path(), kTimeoutMs));
    for (int i = 0; i < 8; ++i) EXPECT_FALSE(read(master)) << "poll " << i;
}

INSTANTIATE_TEST_SUITE_P(Behind, RtuLateness, ::testing::Values(1, 3));

using RtuLateTest = MasterTest;

TEST_F(RtuLateTest, ALateRefusalIsNotTakenForThatOfAWrite) {
    // The read's exception comes when the write is asked: the write was done all the same.
    const auto late = [](RtuPeer& peer, const PeerBytes& request) {
        peer.send(RtuPeer::with_crc({request[0], 0x86, 0x02}));
        return true;
    };
    RtuPeer peer({hang, late});
    ModbusRtu master(loop.get_executor(), rtu_options(peer.path(), 200));
    EXPECT_EQ(finish(master.write_register(1, 40, 7, soon())).error().remedy, Remedy::reconnect);
    const auto second = finish(master.write_register(1, 40, 8, soon()));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().remedy, Remedy::stop) << second.error().what;
    EXPECT_THAT(second.error().what, HasSubstr("the command was not sent"));
    EXPECT_TRUE(finish(master.write_register(1, 40, 8, soon())));
}

TEST_F(RtuLateTest, ALateAnswerNeverBecomesThatOfAnotherUnit) {
    // Unit 1's answer comes while unit 2 is asked: the unit tells them apart.
    const auto foreign_first = [](RtuPeer& peer, const PeerBytes& request) {
        PeerBytes other = request;
        other[0] = 1;
        peer.send(RtuPeer::bad(other));
        return true;
    };
    RtuPeer peer({hang, foreign_first});
    ModbusRtu master(loop.get_executor(), rtu_options(peer.path(), 200));
    EXPECT_FALSE(read(master, 10, 1));
    const auto second = read(master, 20, 2);
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().what, HasSubstr("unit 1, asked unit 2"));
    expect_good(master, 20, 2);
    expect_good(master, 10, 1);
}

TEST_F(RtuLateTest, ADeadUnitDoesNotKeepTheOthersFromTheirTurn) {
    const auto only_two = [](RtuPeer& peer, const PeerBytes& request) {
        if (request[0] == 2) peer.send(RtuPeer::good(request));
        return true;
    };
    RtuPeer peer({}, only_two);
    ModbusRtu master(loop.get_executor(), rtu_options(peer.path(), 200));
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

}  // namespace
}  // namespace kemas::bus
