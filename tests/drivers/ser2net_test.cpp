// A serial scanner on a bench, reached over the real ser2net as a TCP reader.
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <boost/asio/ip/tcp.hpp>
#include <fstream>

#include "drivers/scanner/tcp_client_scanner.hpp"
#include "pty.hpp"
#include "scanner_fixture.hpp"

extern char** environ;

namespace kemas::scanner {
namespace {

namespace fs = std::filesystem;
using boost::asio::ip::tcp;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kSer2net = "/usr/sbin/ser2net";

class Ser2netTest : public ScannerFixture {
 protected:
    Ser2netTest()
        : folder(fs::path(::testing::TempDir()) / ("ser2net-" + std::to_string(::getpid()))) {
        fs::create_directories(folder);
        tcp::acceptor free(loop, {boost::asio::ip::make_address("127.0.0.1"), 0});
        port = free.local_endpoint().port();
    }
    ~Ser2netTest() override {
        end_ser2net();
        fs::remove_all(folder);
    }
    // As docs/devices.md has it.
    void begin_ser2net(const Pty& pty) {
        std::ofstream(folder / "ser2net.yaml")
            << "connection: &gun\n"
            << "  accepter: tcp,127.0.0.1," << port << "\n"
            << "  connector: serialdev," << pty.path() << ",9600n81,local\n"
            << "  options:\n    kickolduser: true\n";
        const std::string config = (folder / "ser2net.yaml").string();
        const char* const arguments[] = {kSer2net, "-n", "-c", config.c_str(), nullptr};
        ASSERT_EQ(posix_spawn(&pid, kSer2net, nullptr, nullptr, const_cast<char* const*>(arguments),
                              environ),
                  0);
    }
    void end_ser2net() {
        if (pid <= 0) return;
        kill(pid, SIGKILL);
        waitpid(pid, nullptr, 0);
        pid = -1;
    }
    fs::path folder;
    std::uint16_t port = 0;
    pid_t pid = -1;
};

TEST_F(Ser2netTest, TheScannersLossAndSer2netsLossAreNamedFaultsAndBothComeBack) {
    if (!fs::exists(kSer2net)) GTEST_SKIP() << "no ser2net: apt install ser2net";
    Pty pty(folder / "gun");
    begin_ser2net(pty);
    auto given = options<TcpClientScannerOptions>();
    given.host = "127.0.0.1";
    given.port = port;
    TcpClientScanner scanner(loop.get_executor(), given);
    verdict = "+|thanks";
    scanner.start(collect());
    until([&] { return scanner.health().up; });
    pty.send("8991234567890\r");
    until_lines(1);
    until([&] { return pty.look().find("+|thanks\r\n") != std::string::npos; });

    pty.unplug();
    until([&] { return !scanner.health().up; });
    EXPECT_THAT(scanner.health().error, HasSubstr("127.0.0.1:" + std::to_string(port)));
    run_ms(1'500);
    EXPECT_FALSE(scanner.health().up) << "ser2net takes connections, but has no scanner";
    const auto lines_then = lines.size();
    pty.plug();
    until([&] { return scanner.health().up; }, 30);
    pty.send("SECOND\r");
    until_lines(lines_then + 1);

    end_ser2net();
    until([&] { return !scanner.health().up; });
    EXPECT_THAT(scanner.health().error, HasSubstr("check the reader's power and cable"));
    begin_ser2net(pty);
    until([&] { return scanner.health().up; }, 30);
    pty.send("THIRD\r");
    until_lines(lines_then + 2);
    EXPECT_THAT(texts(), ElementsAre("8991234567890", "SECOND", "THIRD"))
        << "what ser2net says of its own is no code";
}

}  // namespace
}  // namespace kemas::scanner
