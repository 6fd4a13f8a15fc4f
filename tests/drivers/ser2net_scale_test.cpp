// Debian's ser2net in front of a serial scale (a pseudo-terminal).
#include <gmock/gmock.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <fstream>

#include "drivers/scale/serial_scale.hpp"
#include "tests/drivers/peers/child_program.hpp"
#include "tests/drivers/peers/pty_peer.hpp"

namespace kemas::scale {
namespace {

namespace asio = boost::asio;
using kemas::test::ChildProgram;
using kemas::test::PtyPeer;
using std::chrono::milliseconds;

int free_port() {
    asio::io_context loop;
    return asio::ip::tcp::acceptor(loop, {asio::ip::address_v4::loopback(), 0})
        .local_endpoint()
        .port();
}

TEST(Ser2net, AScaleBehindItWeighsAndItsLossIsANamedFault) {
    if (::access("/usr/sbin/ser2net", X_OK) != 0) GTEST_SKIP() << "ser2net is not installed";
    auto pan = std::make_unique<PtyPeer>([](PtyPeer& self) {
        while (!self.over()) {
            self.say("ST,GS,+001.235kg\r\n");
            std::this_thread::sleep_for(milliseconds(10));
        }
    });
    const int port = free_port();
    const std::string config =
        ::testing::TempDir() + "kemas-ser2net-" + std::to_string(getpid()) + ".yaml";
    std::ofstream(config) << "connection: &scale\n  accepter: tcp,127.0.0.1," << port
                          << "\n  connector: serialdev," << pan->path() << ",9600n81,local\n";
    auto server = std::make_unique<ChildProgram>(
        std::vector<std::string>{"/usr/sbin/ser2net", "-n", "-c", config});

    asio::io_context loop;
    profile::TextScaleProfile profile;
    profile.protocol = profile::ScaleProtocol::and_standard;
    profile.max_age_ms = 500;
    SerialScaleOptions options;
    options.settle = {"bench 1 scale", 2, {0}};
    options.site.division = profile::Decimal{5, 3};
    options.host = "127.0.0.1";
    options.port = static_cast<std::uint16_t>(port);
    std::vector<ScaleEvent> events;
    SerialScale scale(loop.get_executor(), profile, options);
    scale.start([&](const ScaleEvent& event) { events.push_back(event); });
    const auto run_until = [&](auto condition) {
        const auto last = std::chrono::steady_clock::now() + std::chrono::seconds(15);
        while (!condition() && std::chrono::steady_clock::now() < last)
            loop.run_one_for(milliseconds(20));
        return condition();
    };
    ASSERT_TRUE(run_until([&] {
        return !events.empty() && std::holds_alternative<ScaleSettled>(events.back());
    })) << scale.health().error;
    EXPECT_EQ(std::get<ScaleSettled>(events.back()).gross, grams(1235));

    server.reset();  // as a crash of ser2net, or its machine
    ASSERT_TRUE(run_until([&] { return !scale.health().up; }));
    EXPECT_TRUE(std::holds_alternative<ScaleFaulted>(events.back()));
    EXPECT_THAT(scale.health().error, ::testing::HasSubstr("127.0.0.1:"));
    scale.stop();
    loop.run_for(milliseconds(200));
    ::unlink(config.c_str());
}

}  // namespace
}  // namespace kemas::scale
