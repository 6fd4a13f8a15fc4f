// Modbus programs that are not ours: the whole scale driver against their servers, the same profile
// over TCP and RTU; a client of theirs against our simulator.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "drivers/bus/modbus_rtu.hpp"
#include "drivers/bus/modbus_tcp.hpp"
#include "drivers/profile/load_profile.hpp"
#include "drivers/scale/modbus_scale.hpp"
#include "drivers/sim/modbus_scale_server.hpp"
#include "tests/drivers/peers/modbus_peer.hpp"

namespace kemas::scale {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using std::chrono::milliseconds;
using ::testing::HasSubstr;
using Clock = std::chrono::steady_clock;

const fs::path kPeers = fs::path(KEMAS_SOURCE_DIR) / "tests/drivers/peers";

class Child {
 public:
    Child() = default;
    ~Child() { stop(); }
    Child(const Child&) = delete;
    void start(std::vector<std::string> words) {
        pid_ = fork();
        if (pid_ != 0) return;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        std::vector<char*> argv;
        for (auto& word : words) argv.push_back(word.data());
        argv.push_back(nullptr);
        execvp(argv[0], argv.data());
        _exit(127);
    }
    void stop() {
        if (pid_ <= 0) return;
        kill(pid_, SIGKILL);
        waitpid(std::exchange(pid_, -1), nullptr, 0);
    }

 private:
    pid_t pid_ = -1;
};

class ModbusPeersTest : public ::testing::Test {
 protected:
    ~ModbusPeersTest() override {
        if (scale) scale->stop();
        if (master) master->stop();
        loop.restart();
        loop.run_for(milliseconds(50));
        fs::remove_all(folder);
    }
    static std::string free_port() { return std::to_string(kemas::test::ModbusPeer({}).port()); }
    // Two ptys, one of them ours.
    std::pair<std::string, std::string> ptys() {
        std::string name = "/tmp/kemas-ptys-XXXXXX";
        folder = mkdtemp(name.data());
        const std::string ours = folder / "ours", theirs = folder / "theirs";
        socat.start({"socat", "pty,raw,echo=0,link=" + ours, "pty,raw,echo=0,link=" + theirs});
        for (int i = 0; i < 1'000 && !(fs::exists(ours) && fs::exists(theirs)); ++i)
            std::this_thread::sleep_for(milliseconds(10));
        EXPECT_TRUE(fs::exists(theirs)) << "socat does not run: tools/setup installs it";
        return {ours, theirs};
    }
    static bool has_node_peers() {
        if (fs::exists(kPeers / "node/node_modules/jsmodbus")) return true;
        const std::string fetch = "npm ci --prefix " + (kPeers / "node").string() +
                                  " --no-audit --no-fund --loglevel=error >/dev/null 2>&1";
        return std::system(fetch.c_str()) == 0;
    }
    void over_tcp(const std::string& port) {
        bus::ModbusTcpOptions options;
        options.host = "127.0.0.1";
        options.port = static_cast<std::uint16_t>(std::stoi(port));
        options.timeout_ms = 1'000;
        master = std::make_shared<bus::ModbusTcp>(loop.get_executor(), options);
    }
    void over_rtu(const std::string& tty) {
        bus::ModbusRtuOptions options;
        options.device = tty;
        options.baud = 115'200;
        options.parity = 'N';
        options.timeout_ms = 500;
        master = std::make_shared<bus::ModbusRtu>(loop.get_executor(), options);
    }
    // The peer takes a second to start: until then the scale is offline, and told so.
    void weighs(std::int64_t g) {
        auto profile = profile::load_scale_profile(std::string(KEMAS_SOURCE_DIR) +
                                                   "/firmware-profiles/scale/kemas-sim.toml");
        ASSERT_TRUE(profile) << profile.error().what;
        profile->liveness->max_age = {5'000};
        ModbusScaleOptions options;
        options.name = "scale";
        options.poll_ms = 10;
        options.min_readings = 3;
        options.min_span = {20};
        options.max_age = {5'000};
        scale = std::make_unique<ModbusScale>(loop.get_executor(), master, *profile, options);
        std::optional<ScaleSettled> settled;
        std::string fault;
        scale->start([&](const ScaleEvent& event) {
            if (const auto* load = std::get_if<ScaleSettled>(&event)) settled = *load;
            if (const auto* why = std::get_if<ScaleFaulted>(&event)) fault = why->why;
        });
        const auto last = Clock::now() + std::chrono::seconds(40);
        while (!settled && Clock::now() < last) loop.run_one_for(milliseconds(20));
        ASSERT_TRUE(settled) << fault;
        EXPECT_EQ(settled->gross, grams(g));
        EXPECT_EQ(settled->division, grams(5));
    }

    fs::path folder;
    Child socat, peer;
    asio::io_context loop;
    std::shared_ptr<bus::ModbusMaster> master;
    std::unique_ptr<ModbusScale> scale;
};

TEST_F(ModbusPeersTest, WeighsOnPymodbusOverTcp) {
    const auto port = free_port();
    peer.start({"/usr/bin/python3", kPeers / "pymodbus_scale.py", port, "70125"});
    over_tcp(port);
    weighs(70'125);
}

TEST_F(ModbusPeersTest, WeighsOnPymodbusOverRtuWithTheSameProfile) {
    const auto [ours, theirs] = ptys();
    peer.start({"/usr/bin/python3", kPeers / "pymodbus_scale.py", theirs, "70125"});
    over_rtu(ours);
    weighs(70'125);
}

TEST_F(ModbusPeersTest, WeighsOnModbusSerialOverTcp) {
    if (!has_node_peers()) GTEST_SKIP() << "npm packages cannot be fetched: run tools/setup";
    const auto port = free_port();
    peer.start({"node", kPeers / "node/modbus_serial_scale.js", port, "1235"});
    over_tcp(port);
    weighs(1'235);
}

TEST_F(ModbusPeersTest, WeighsOnModbusSerialOverRtuWithTheSameProfile) {
    if (!has_node_peers()) GTEST_SKIP() << "npm packages cannot be fetched: run tools/setup";
    const auto [ours, theirs] = ptys();
    peer.start({"node", kPeers / "node/modbus_serial_scale.js", theirs, "1235"});
    over_rtu(ours);
    weighs(1'235);
}

TEST_F(ModbusPeersTest, WeighsOnJsmodbusOverTcp) {
    if (!has_node_peers()) GTEST_SKIP() << "npm packages cannot be fetched: run tools/setup";
    const auto port = free_port();
    peer.start({"node", kPeers / "node/jsmodbus_scale.js", port, "640"});
    over_tcp(port);
    weighs(640);
}

TEST_F(ModbusPeersTest, MbpollReadsOurSimulator) {
    sim::ModbusScaleServer::Options options;
    options.load.settle = {1};
    sim::ModbusScaleServer simulator(loop.get_executor(), options);
    ASSERT_TRUE(simulator.start());
    simulator.put(grams(25'123));
    std::string heard;
    std::thread client([&, port = simulator.port()] {
        std::this_thread::sleep_for(milliseconds(50));
        const std::string command = "timeout 20 mbpoll -m tcp -p " + std::to_string(port) +
                                    " -a 1 -0 -r 0 -c 1 -1 -t 4:int -B 127.0.0.1 2>&1";
        if (FILE* out = popen(command.c_str(), "r")) {
            std::array<char, 512> line{};
            while (std::fgets(line.data(), line.size(), out)) heard += line.data();
            pclose(out);
        }
        loop.stop();
    });
    loop.run();
    client.join();
    simulator.stop();
    EXPECT_THAT(heard, HasSubstr("25123"));
}

}  // namespace
}  // namespace kemas::scale
