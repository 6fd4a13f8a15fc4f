// The real driver and the line's state machine against the simulated line behind Modbus TCP.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <set>

#include "core/line/lane_choice.hpp"
#include "drivers/bus/modbus_rtu.hpp"
#include "drivers/bus/modbus_tcp.hpp"
#include "drivers/conveyor/plc_conveyor.hpp"
#include "drivers/profile/load_profile.hpp"
#include "drivers/sim/line_server.hpp"
#include "runtime/line_runner.hpp"
#include "tests/drivers/peers/rtu_peer.hpp"

namespace kemas {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr std::uint16_t kFirstMotion = 206, kLastMotion = 208;

profile::DeviceProfile plc_profile() {
    auto profile = profile::load_device_profile(std::string(KEMAS_SOURCE_DIR) +
                                                "/firmware-profiles/conveyor/plc-mailbox.toml");
    EXPECT_TRUE(profile) << profile.error().what;
    return std::move(*profile);
}

// Five metres and two lanes, so that a test does not wait for a long belt.
line::Layout short_line() {
    auto layout = sim::sample_layout();
    const auto at = [](std::int64_t n) { return line::Pulses{n}; };
    layout.lanes.resize(2);
    layout.eyes = {{"in", at(0), at(60)},
                   {"after scale", at(1500), at(60)},
                   {"gate 1", at(2000), at(60)},
                   {"gate 2", at(3400), at(60)},
                   {"out", at(5000), at(60)}};
    layout.lanes[0].gate = 2, layout.lanes[0].divert_at = at(2800);
    layout.lanes[1].gate = 3, layout.lanes[1].divert_at = at(4200);
    layout.lanes[0].takes = {{"JNE", ""}, {"POS", ""}};
    layout.lanes[1].takes = {{"*", ""}};
    for (auto& lane : layout.lanes) lane.fallback.clear();
    return layout;
}

class ConveyorTest : public testing::Test {
 protected:
    void SetUp() override {
        sim::LineServer::Options options;
        options.layout = short_line();
        auto& plan = options.plan;
        plan.no_read = plan.slip = plan.removed = plan.inserted = plan.stopped_orders = 0;
        plan.per_hour_double_counts = plan.per_hour_stuck = plan.per_hour_pulls = 0;
        plan.per_hour_restarts = plan.per_hour_full_lanes = plan.per_hour_jams = 0;
        plan.parcels_per_hour = 9000;
        server_ = std::make_unique<sim::LineServer>(loop_.get_executor(), options);
        ASSERT_TRUE(line::check(options.layout));
        const auto started = server_->start([this](const line::LineEvent& event) {
            if (const auto* scan = std::get_if<line::Scanned>(&event))
                runner_->scanned(scan->reader, scan->codes);
            if (const auto* weight = std::get_if<line::Weighed>(&event))
                runner_->weighed(weight->gross, weight->why);
        });
        ASSERT_TRUE(started) << started.error().what;
        master_ = make_master();
        conveyor::PlcConveyorOptions plc;
        plc.name = "sorter";
        plc.eyes = options.layout.eyes.size();
        plc.lanes = options.layout.lanes.size();
        auto made = conveyor::PlcConveyor::make(loop_.get_executor(), master_, plc_profile(), plc);
        ASSERT_TRUE(made) << made.error().what;
        conveyor_ = std::move(*made);
        runner_ = std::make_unique<runtime::LineRunner>(loop_.get_executor(), options.layout,
                                                        *conveyor_, 0);
        runner_->start({[this](const line::AskLane& ask) { answer(ask); },
                        [this](const line::Action& action) { told_.push_back(action); }});
    }
    virtual std::shared_ptr<bus::ModbusMaster> make_master() {
        bus::ModbusTcpOptions tcp;
        tcp.host = "127.0.0.1";
        tcp.port = server_->port();
        return std::make_shared<bus::ModbusTcp>(loop_.get_executor(), tcp);
    }
    void TearDown() override {
        server_->stop();
        runner_->stop();
        master_->stop();
        loop_.restart();
        loop_.run_for(50ms);
    }

    void answer(const line::AskLane& ask) {
        const auto* parcel = server_->world().by_code(ask.codes.front());
        const auto lane =
            line::choose_lane(server_->layout(), ask.lanes_open, parcel->label.courier,
                              parcel->label.service, ask.passes);
        if (lane)
            runner_->give(ask.parcel, *lane);
        else
            runner_->deny(ask.parcel, lane.error(), "");
    }
    int proven() const {
        int count = 0;
        for (const auto& one : told_)
            if (const auto* ended = std::get_if<line::DivertEnded>(&one))
                count += ended->proof == line::Proof::done;
        return count;
    }
    std::set<line::Reason> distrusted() const {
        std::set<line::Reason> reasons;
        for (const auto& one : told_)
            if (const auto* why = std::get_if<line::Distrusted>(&one)) reasons.insert(why->reason);
        return reasons;
    }
    template <class Condition>
    bool until(Condition condition, std::chrono::seconds at_most = 40s) {
        const auto end = std::chrono::steady_clock::now() + at_most;
        while (!condition() && std::chrono::steady_clock::now() < end) loop_.run_for(20ms);
        return condition();
    }
    bool wrote_motion() const {
        for (const auto& one : server_->written())
            if (one.start >= kFirstMotion && one.start <= kLastMotion) return true;
        return false;
    }

    boost::asio::io_context loop_{1};
    std::unique_ptr<sim::LineServer> server_;
    std::shared_ptr<bus::ModbusMaster> master_;
    std::unique_ptr<conveyor::PlcConveyor> conveyor_;
    std::unique_ptr<runtime::LineRunner> runner_;
    std::vector<line::Action> told_;
};

TEST_F(ConveyorTest, DivertsOverTheWireThroughPullAndRestartWithoutOneWrong) {
    ASSERT_TRUE(until([&] { return proven() >= 3; }));
    EXPECT_TRUE(conveyor_->health().up);

    server_->world().pull_cable({3000});
    ASSERT_TRUE(until([&] { return distrusted().contains(line::Reason::link_lost); }));
    EXPECT_FALSE(conveyor_->health().up);
    const auto before_restart = proven();
    ASSERT_TRUE(until([&] { return proven() >= before_restart + 2; }));

    server_->world().restart_plc({300});
    ASSERT_TRUE(until([&] { return distrusted().contains(line::Reason::plc_restarted); }));
    const auto after_restart = proven();
    ASSERT_TRUE(until([&] { return proven() >= after_restart + 2; }));

    const auto& truth = server_->world().judgement();
    EXPECT_EQ(truth.wrong, 0) << truth.first_wrong;
    EXPECT_GE(truth.in_lanes, 7);
    EXPECT_FALSE(wrote_motion());
}

TEST_F(ConveyorTest, ClearsAJamOnlyWhenAPersonAsks) {
    ASSERT_TRUE(until([&] { return conveyor_->health().up; }));
    server_->world().plc().jam();
    ASSERT_TRUE(until([&] { return distrusted().contains(line::Reason::jam); }));
    loop_.run_for(500ms);
    EXPECT_EQ(conveyor_->health().state, "jam");
    EXPECT_FALSE(wrote_motion());
    std::optional<bool> cleared;
    runner_->jam_cleared("budi", [&](const Result<void>& end) { cleared = end.has_value(); });
    ASSERT_TRUE(until([&] { return cleared.has_value(); }));
    EXPECT_TRUE(*cleared);
    EXPECT_FALSE(server_->world().jammed());
    EXPECT_TRUE(wrote_motion());
    ASSERT_TRUE(until([&] { return proven() >= 1; }));
}

TEST_F(ConveyorTest, LetsThePlcFallBackToRejectingWhenTheLineDies) {
    ASSERT_TRUE(until([&] { return !server_->world().plc().safe(); }));
    runner_->stop();
    EXPECT_TRUE(until([&] { return server_->world().plc().safe(); }));
    const auto in_lanes = server_->world().judgement().in_lanes;
    const auto in_reject = server_->world().judgement().in_reject;
    EXPECT_TRUE(until([&] { return server_->world().judgement().in_reject > in_reject + 1; }));
    EXPECT_EQ(server_->world().judgement().in_lanes, in_lanes);
}

// The same PLC on a serial line: an RTU gateway of the test's own before the simulated one.
class SerialConveyorTest : public ConveyorTest {
 protected:
    std::shared_ptr<bus::ModbusMaster> make_master() override {
        gateway_ = std::make_unique<test::RtuPeer>(
            std::deque<test::RtuPeer::Behaviour>{},
            [this](test::RtuPeer& peer, const test::RtuPeer::Bytes& request) {
                peer.send(ask_by_tcp(request));
                return true;
            });
        bus::ModbusRtuOptions rtu;
        rtu.device = gateway_->path();
        return std::make_shared<bus::ModbusRtu>(loop_.get_executor(), rtu);
    }
    void TearDown() override {
        ::shutdown(socket_.native_handle(), SHUT_RDWR);  // its thread may wait for an answer
        ConveyorTest::TearDown();
        gateway_.reset();
    }

 private:
    // On the peer's thread; the simulated line answers on the test's.
    test::RtuPeer::Bytes ask_by_tcp(const test::RtuPeer::Bytes& request) {
        using boost::asio::ip::tcp;
        boost::system::error_code error;
        if (!socket_.is_open())
            socket_.connect({boost::asio::ip::make_address("127.0.0.1"), server_->port()}, error);
        const auto body = request.size() - 2;  // without its CRC
        test::RtuPeer::Bytes frame{0, 1, 0, 0, 0, static_cast<std::uint8_t>(body)};
        frame.insert(frame.end(), request.begin(), request.end() - 2);
        boost::asio::write(socket_, boost::asio::buffer(frame), error);
        test::RtuPeer::Bytes head(6);
        boost::asio::read(socket_, boost::asio::buffer(head), error);
        test::RtuPeer::Bytes answer(error ? 0 : head[5]);
        boost::asio::read(socket_, boost::asio::buffer(answer), error);
        return error ? test::RtuPeer::Bytes{} : test::RtuPeer::with_crc(std::move(answer));
    }

    boost::asio::io_context blocking_;
    boost::asio::ip::tcp::socket socket_{blocking_};
    std::unique_ptr<test::RtuPeer> gateway_;
};

TEST_F(SerialConveyorTest, SortsOverASerialLineAndMovesNothingElse) {
    ASSERT_TRUE(until([&] { return conveyor_->health().up; }));
    ASSERT_TRUE(until([&] { return proven() >= 2; }));
    EXPECT_EQ(server_->world().judgement().wrong, 0) << server_->world().judgement().first_wrong;
    EXPECT_FALSE(wrote_motion());
    EXPECT_FALSE(server_->world().plc().safe());  // its watchdog is fed
}

TEST(ConveyorProfile, NamesWhatALineMissesInIt) {
    boost::asio::io_context loop;
    auto master = std::make_shared<bus::ModbusTcp>(loop.get_executor(), bus::ModbusTcpOptions{});
    conveyor::PlcConveyorOptions options;
    options.eyes = 13;
    auto made = conveyor::PlcConveyor::make(loop.get_executor(), master, plc_profile(), options);
    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().what, HasSubstr("[counter.eye_13]"));
    auto conveylinx = profile::load_device_profile(
        std::string(KEMAS_SOURCE_DIR) + "/firmware-profiles/conveyor/conveylinx-zpa.toml");
    ASSERT_TRUE(conveylinx);
    options.eyes = 2;
    made = conveyor::PlcConveyor::make(loop.get_executor(), master, *conveylinx, options);
    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().what, HasSubstr("[counter.encoder]"));
}

}  // namespace
}  // namespace kemas
