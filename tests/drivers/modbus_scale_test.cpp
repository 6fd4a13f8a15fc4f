#include "drivers/scale/modbus_scale.hpp"

#include <gmock/gmock.h>

#include "drivers/bus/modbus_tcp.hpp"
#include "drivers/profile/load_scale_profile.hpp"
#include "tests/drivers/peers/modbus_peer.hpp"
#include "tests/drivers/scale_fixture.hpp"

namespace kemas::scale {
namespace {

namespace asio = boost::asio;
using kemas::test::Bytes;
using kemas::test::ModbusPeer;
using kemas::test::Request;
using ::testing::HasSubstr;
using Socket = ModbusPeer::Socket;
using std::chrono::milliseconds;

// Registers of kemas-sim, written by the test, read by the peer's thread.
struct Registers {
    std::atomic<std::int32_t> grams = 0;
    std::atomic<std::uint16_t> status = 1, beat = 0, step = 1, division = 5;

    ModbusPeer::Behaviour answer() {
        return [this](Socket& socket, const Request& request) {
            return ModbusPeer::send(socket, reply(request));
        };
    }
    Bytes reply(const Request& request) {
        const auto g = static_cast<std::uint32_t>(grams.load());
        beat = static_cast<std::uint16_t>(beat + step);
        Bytes bytes;
        for (const std::uint32_t word : {g >> 16, g & 0xFFFF, std::uint32_t{status},
                                         std::uint32_t{beat}, std::uint32_t{division}}) {
            bytes.push_back(static_cast<std::uint8_t>(word >> 8));
            bytes.push_back(static_cast<std::uint8_t>(word & 0xFF));
        }
        return ModbusPeer::frame(request, bytes);
    }
};

class ModbusScaleTest : public kemas::test::ScaleTest {
 protected:
    void start(std::uint16_t port, milliseconds max_age = milliseconds(150),
               std::size_t min_readings = 2, milliseconds stale = milliseconds(60'000)) {
        auto profile = profile::load_scale_profile(std::string(KEMAS_SOURCE_DIR) +
                                                   "/firmware-profiles/scale/kemas-sim.toml");
        ASSERT_TRUE(profile) << profile.error().what;
        profile->liveness->max_age = {max_age.count()};
        profile->commands = commands;
        ModbusScaleOptions options;
        options.name = "bench 1 scale";
        options.max_age = {stale.count()};
        options.poll_ms = 5;
        options.min_readings = min_readings;
        options.min_span = {0};
        options.log = log_sink();
        bus::ModbusTcpOptions wire;
        wire.host = "127.0.0.1";
        wire.port = port;
        wire.timeout_ms = 60;
        master = std::make_shared<bus::ModbusTcp>(loop.get_executor(), wire);
        listen_to(std::make_unique<ModbusScale>(loop.get_executor(), master, *profile, options));
    }
    std::vector<profile::Command> commands;
    std::shared_ptr<bus::ModbusTcp> master;
};

TEST_F(ModbusScaleTest, SettlesOnceForEachLoad) {
    Registers registers;
    registers.grams = 1234;
    ModbusPeer peer({}, registers.answer());
    start(peer.port());
    run_until(1);
    EXPECT_EQ(event<ScaleSettled>(0).gross, grams(1234));
    EXPECT_EQ(event<ScaleSettled>(0).division, grams(5));
    EXPECT_THAT(event<ScaleSettled>(0).raw, HasSubstr("0000 04D2 0001"));
    EXPECT_TRUE(scale->health().up);
    run_for(milliseconds(60));
    EXPECT_EQ(events.size(), 1u) << "one lying parcel settles once";
    registers.grams = 0;
    run_until(2);
    EXPECT_EQ(event<ScaleDisturbed>(1).settling, 1u);
    registers.grams = 1234;
    run_until(3);
    EXPECT_EQ(event<ScaleSettled>(2).settling, 2u);
    EXPECT_EQ(log.size(), 1u);
}

TEST_F(ModbusScaleTest, DoesNotSettleWhileTheDeviceMoves) {
    Registers registers;
    registers.grams = 1234;
    registers.status = 0;
    ModbusPeer peer({}, registers.answer());
    start(peer.port());
    run_for(milliseconds(80));
    EXPECT_TRUE(events.empty());
    registers.status = 1;
    run_until(1);
    EXPECT_EQ(event<ScaleSettled>(0).gross, grams(1234));
}

TEST_F(ModbusScaleTest, AFrozenScaleIsAFault) {
    Registers registers;
    registers.grams = 1234;
    ModbusPeer peer({}, registers.answer());
    start(peer.port());
    run_until(1);
    registers.step = 0;
    run_until(2);
    EXPECT_THAT(event<ScaleFaulted>(1).why, HasSubstr("frozen"));
    EXPECT_EQ(scale->health().state, "frozen");
    run_for(milliseconds(60));
    EXPECT_EQ(events.size(), 2u) << "told once";
    registers.step = 1;
    run_until(3);
    EXPECT_EQ(event<ScaleSettled>(2).settling, 2u);
    EXPECT_EQ(log.size(), 3u) << "up, down, up";
}

TEST_F(ModbusScaleTest, AScaleFrozenFromTheStartNeverWeighs) {
    Registers registers;
    registers.grams = 1234;
    registers.step = 0;
    ModbusPeer peer({}, registers.answer());
    start(peer.port());
    run_until(1);
    EXPECT_THAT(event<ScaleFaulted>(0).why, HasSubstr("frozen"));
}

TEST_F(ModbusScaleTest, OverloadIsAFaultWithTheNextStepAndVoidsTheLoad) {
    Registers registers;
    registers.grams = 1234;
    ModbusPeer peer({}, registers.answer());
    start(peer.port());
    run_until(1);
    registers.status = 0b011;
    run_until(2);
    EXPECT_EQ(event<ScaleFaulted>(1).why, "overload: take goods off the scale");
    registers.status = 1;
    run_until(3);
    EXPECT_EQ(event<ScaleSettled>(2).settling, 2u);
}

TEST_F(ModbusScaleTest, NoReadingSurvivesAReconnect) {
    Registers registers;
    registers.grams = 1234;
    const auto late = [&](Socket& socket, const Request& request) {
        std::this_thread::sleep_for(milliseconds(90));
        return ModbusPeer::send(socket, registers.reply(request));
    };
    // Each connection delivers two readings (the first only starts the heartbeat) and a late one:
    // three counting readings in all, never on one connection.
    std::deque<ModbusPeer::Behaviour> script;
    for (int i = 0; i < 3; ++i) {
        script.emplace_back(registers.answer());
        script.emplace_back(registers.answer());
        script.emplace_back(late);
    }
    ModbusPeer peer(std::move(script), registers.answer());
    start(peer.port(), milliseconds(150), 3);
    const auto settled = [&] {
        return !events.empty() && std::holds_alternative<ScaleSettled>(events.back());
    };
    for (int i = 0; i < 500 && !settled(); ++i) run_for(milliseconds(10));
    ASSERT_TRUE(settled());
    EXPECT_THAT(event<ScaleFaulted>(0).why, HasSubstr("did not answer within 60 ms"));
    EXPECT_EQ(event<ScaleSettled>(events.size() - 1).settling, 1u);
    EXPECT_EQ(peer.connections(), 4) << "settled only after the script of late answers";
}

TEST_F(ModbusScaleTest, ADeadScaleIsToldOnceAndComesBack) {
    Registers registers;
    registers.grams = 1234;
    auto peer =
        std::make_unique<ModbusPeer>(std::deque<ModbusPeer::Behaviour>{}, registers.answer());
    const std::uint16_t port = peer->port();
    start(port);
    run_until(1);
    peer.reset();
    run_until(2);
    event<ScaleFaulted>(1);
    EXPECT_FALSE(scale->health().up);
    run_for(milliseconds(400));
    EXPECT_LE(log.size(), 2u) << "one line for the change, none for each failure";
    peer =
        std::make_unique<ModbusPeer>(std::deque<ModbusPeer::Behaviour>{}, registers.answer(), port);
    const std::size_t faults = events.size();
    run_until(faults + 1);
    EXPECT_EQ(event<ScaleSettled>(faults).settling, 2u);
    EXPECT_TRUE(scale->health().up);
    EXPECT_THAT(scale->health().error, HasSubstr("127.0.0.1"));
}

TEST_F(ModbusScaleTest, AChangedDivisionStartsAnew) {
    Registers registers;
    registers.grams = 1234;
    ModbusPeer peer({}, registers.answer());
    start(peer.port());
    run_until(1);
    registers.division = 10;
    run_until(3);
    EXPECT_THAT(event<ScaleFaulted>(1).why, HasSubstr("division has changed"));
    EXPECT_EQ(event<ScaleSettled>(2).division, grams(10));
    EXPECT_EQ(event<ScaleSettled>(2).settling, 2u);
}

TEST_F(ModbusScaleTest, StopIsHeardAtOnce) {
    const auto hang = [](Socket& socket, const Request&) {
        return ModbusPeer::wait_for_hang_up(socket);
    };
    ModbusPeer peer({hang});
    start(peer.port());
    run_for(milliseconds(20));
    scale->stop();
    master->stop();
    loop.restart();
    loop.run();  // nothing keeps it alive
    EXPECT_TRUE(events.empty());
    EXPECT_EQ(scale->health().state, "stopped");
}

TEST_F(ModbusScaleTest, AProfileWithAGapIsAFaultAndIsNotPolled) {
    auto profile = profile::load_scale_profile(std::string(KEMAS_SOURCE_DIR) +
                                               "/firmware-profiles/scale/laumas-tlb.toml");
    ASSERT_TRUE(profile);
    master = std::make_shared<bus::ModbusTcp>(loop.get_executor(), bus::ModbusTcpOptions{});
    ModbusScale unfinished(loop.get_executor(), master, *profile, ModbusScaleOptions{});
    unfinished.start([this](const ScaleEvent& event) { events.push_back(event); });
    EXPECT_THAT(event<ScaleFaulted>(0).why, HasSubstr("cannot weigh yet"));
    EXPECT_EQ(loop.run(), 0u);
}

TEST_F(ModbusScaleTest, AReadingOlderThanItsAgeIsNoReadingAndToldOnce) {
    Registers registers;
    registers.grams = 1234;
    std::atomic<bool> slow = false;
    ModbusPeer peer({}, [&](Socket& socket, const Request& request) {
        if (slow) std::this_thread::sleep_for(milliseconds(45));
        return ModbusPeer::send(socket, registers.reply(request));
    });
    start(peer.port(), milliseconds(5'000), 2, milliseconds(40));
    run_until(1);
    slow = true;  // within the line's timeout, but older than the site wants it
    run_until(2);
    EXPECT_THAT(event<ScaleFaulted>(1).why, HasSubstr("no reading for 40 ms"));
    run_for(milliseconds(200));
    EXPECT_EQ(events.size(), 2u) << "told once";
    EXPECT_EQ(scale->health().state, "stale");
    slow = false;
    run_until(3);
    EXPECT_EQ(event<ScaleSettled>(2).settling, 2u);
}

TEST_F(ModbusScaleTest, EveryLookHasAQualityAndAnAge) {
    Registers registers;
    registers.grams = 1234;
    registers.status = 0;
    ModbusPeer peer({}, registers.answer());
    start(peer.port());
    ASSERT_TRUE(scale->now());
    EXPECT_EQ(scale->now()->quality, ScaleNow::Quality::fault);
    const auto becomes = [&](ScaleNow::Quality quality) {
        for (int i = 0; i < 500 && scale->now()->quality != quality; ++i) run_for(milliseconds(10));
        return *scale->now();
    };
    EXPECT_EQ(becomes(ScaleNow::Quality::moving).gross, grams(1234));
    registers.status = 1;
    const ScaleNow good = becomes(ScaleNow::Quality::good);
    EXPECT_EQ(good.division, grams(5));
    EXPECT_LT(good.age.value, 10'000);
    registers.status = 0b011;
    const ScaleNow overload = becomes(ScaleNow::Quality::fault);
    EXPECT_EQ(overload.gross, Milligrams{0});
    EXPECT_THAT(overload.why, HasSubstr("take goods off"));
}

TEST_F(ModbusScaleTest, ZeroAndTareAreDoneWhenTheScaleShowsIt) {
    Registers registers;
    std::atomic<int> zeroed = 0;
    ModbusPeer peer({}, [&](Socket& socket, const Request& request) {
        if (request[7] != 6) return ModbusPeer::send(socket, registers.reply(request));
        if (request[11] == 1) ++zeroed, registers.status = 0b1001;
        return ModbusPeer::send(socket, ModbusPeer::good(request));
    });
    profile::Command zero;
    zero.name = "zero";
    zero.to = {6, 10, 10};
    zero.values = {1};
    profile::Condition centre;
    centre.at.field.word = 2;
    centre.at.first_bit = 3;
    centre.at.bits = 1;
    zero.success.push_back(centre);
    zero.prove_within_ms = 10'000;
    profile::Command tare = zero;
    tare.name = "tare";
    tare.values = {2};
    tare.prove_within_ms = 50;
    commands = {zero, tare};
    start(peer.port());
    for (int i = 0; i < 500 && !scale->health().up; ++i) run_for(milliseconds(10));
    EXPECT_EQ(ask(ScaleCommand::zero), "done");
    EXPECT_EQ(zeroed, 1);
    registers.status = 1;
    EXPECT_THAT(ask(ScaleCommand::tare), HasSubstr("not confirmed"));
    EXPECT_THAT(ask(ScaleCommand::clear_tare), HasSubstr("has no command \"clear_tare\""));
}

}  // namespace
}  // namespace kemas::scale
