// The real drivers meet the simulated devices: what the demo stands on.
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <memory>
#include <string>
#include <vector>

#include "drivers/printer/tcp_printer.hpp"
#include "drivers/bus/modbus_tcp.hpp"
#include "drivers/profile/load_scale_profile.hpp"
#include "drivers/scale/modbus_scale.hpp"
#include "drivers/sim/modbus_scale_server.hpp"
#include "drivers/sim/zpl_printer.hpp"
#include "sim_support.hpp"

namespace kemas::sim {
namespace {

namespace asio = boost::asio;

// Sleeps in small steps until `ready` or 5 s are over.
template <class Ready>
asio::awaitable<void> until(Ready& ready) {
    for (int i = 0; i < 1000 && !ready(); ++i) co_await sleep_ms(5);
}

struct RealScale : testing::Test {
    asio::io_context loop{1};
    ModbusScaleServer::Options options = [] {
        ModbusScaleServer::Options given;
        given.load.settle = {40};
        return given;
    }();
    ModbusScaleServer device{loop.get_executor(), options};
    std::shared_ptr<bus::ModbusTcp> master;
    std::unique_ptr<scale::ModbusScale> driver;
    std::vector<std::int64_t> settled_g;
    int disturbed = 0;
    std::string fault;

    void SetUp() override {
        ASSERT_TRUE(device.start());
        auto profile =
            profile::load_scale_profile(KEMAS_SOURCE_DIR "/firmware-profiles/scale/kemas-sim.toml");
        ASSERT_TRUE(profile) << profile.error().what;
        scale::ModbusScaleOptions site;
        site.name = "scale-1";
        site.poll_ms = 5;
        site.min_span = {30};
        bus::ModbusTcpOptions wire;
        wire.host = "127.0.0.1";
        wire.port = device.port();
        master = std::make_shared<bus::ModbusTcp>(loop.get_executor(), wire);
        driver = std::make_unique<scale::ModbusScale>(loop.get_executor(), master, *profile, site);
        driver->start([this](ScaleEvent event) {
            if (const auto* settled = std::get_if<ScaleSettled>(&event))
                settled_g.push_back(settled->gross.value / 1000);
            if (std::holds_alternative<ScaleDisturbed>(event)) ++disturbed;
            if (const auto* faulted = std::get_if<ScaleFaulted>(&event)) fault = faulted->why;
        });
    }
    void TearDown() override {
        driver->stop();
        master->stop();
    }
};

asio::awaitable<void> weigh_twice(RealScale& test) {
    auto first = [&] { return test.settled_g.size() >= 1; };
    auto gone = [&] { return test.disturbed >= 1; };
    auto second = [&] { return test.settled_g.size() >= 2; };
    test.device.put(grams(640));
    co_await until(first);
    test.device.remove();
    co_await until(gone);
    test.device.put(grams(640));
    co_await until(second);
}
TEST_F(RealScale, SettlesOnceForEachParcelOfTheSameWeight) {
    play(loop, weigh_twice(*this));
    const std::vector<std::int64_t> twice{640, 640};
    EXPECT_EQ(settled_g, twice);
    EXPECT_EQ(fault, "");
}

asio::awaitable<void> stand_still(RealScale& test) {
    auto settled = [&] { return !test.settled_g.empty(); };
    auto faulted = [&] { return !test.fault.empty(); };
    test.device.put(grams(640));
    co_await until(settled);
    test.device.set_trouble(ScaleTrouble::frozen);
    co_await until(faulted);
}
TEST_F(RealScale, AFrozenDeviceIsAFault) {
    play(loop, stand_still(*this));
    EXPECT_NE(fault, "");
}

struct RealPrinter : testing::Test {
    asio::io_context loop{1};
    ZplPrinter device{loop.get_executor(), {}};
    std::unique_ptr<printer::TcpPrinter> driver;
    std::vector<PrintOutcome> outcomes;

    void SetUp() override {
        ASSERT_TRUE(device.start());
        printer::TcpPrinterOptions site;
        site.name = "printer-1";
        site.host = "127.0.0.1";
        site.port = device.port();
        site.ask_status = true;
        driver = std::make_unique<printer::TcpPrinter>(loop.get_executor(), site);
    }
    void print(std::string bytes) {
        driver->print(
            std::move(bytes), [](Printer::Go go) { go(true); },
            [this](PrintOutcome outcome) { outcomes.push_back(outcome); });
    }
    void TearDown() override { driver->stop(); }
};

asio::awaitable<void> print_one(RealPrinter& test) {
    auto over = [&] { return !test.outcomes.empty(); };
    test.print("^XA^FX kemas parcel=1 rev=1 tracking=A1^FS^XZ\n");
    co_await until(over);
}
TEST_F(RealPrinter, AsksItsStatusAndPrintsOneWholeJob) {
    play(loop, print_one(*this));
    ASSERT_EQ(outcomes.size(), 1u);
    EXPECT_EQ(outcomes[0].kind, PrintOutcome::Kind::sent) << outcomes[0].detail;
    ASSERT_EQ(device.jobs().size(), 1u);
    EXPECT_EQ(device.jobs()[0].bytes, "^XA^FX kemas parcel=1 rev=1 tracking=A1^FS^XZ\n");
    EXPECT_EQ(device.jobs()[0].mark.tracking, "A1");
}

asio::awaitable<void> refuse_one(RealPrinter& test) {
    const auto off = test.device.set_trouble(PrinterTrouble::refuse);
    EXPECT_TRUE(off);
    co_await print_one(test);
}
TEST_F(RealPrinter, ARefusedJobNeverStarted) {
    play(loop, refuse_one(*this));
    ASSERT_EQ(outcomes.size(), 1u);
    EXPECT_EQ(outcomes[0].kind, PrintOutcome::Kind::not_started);
    EXPECT_TRUE(device.jobs().empty());
}

asio::awaitable<void> break_one(RealPrinter& test) {
    const auto set = test.device.set_trouble(PrinterTrouble::die);
    EXPECT_TRUE(set);
    auto over = [&] { return !test.outcomes.empty(); };
    const std::string large = "^XA" + std::string(4'000'000, 'F') + "^XZ";
    test.print(large);
    co_await until(over);
}
TEST_F(RealPrinter, AJobThatBreaksInTheMiddleIsUnknown) {
    play(loop, break_one(*this));
    ASSERT_EQ(outcomes.size(), 1u);
    EXPECT_EQ(outcomes[0].kind, PrintOutcome::Kind::unknown) << outcomes[0].detail;
}

}  // namespace
}  // namespace kemas::sim
