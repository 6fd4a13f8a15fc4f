// Debian's p910nd in front of a USB printer (a pseudo-terminal), started for each connection as
// inetd does it.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "drivers/printer/tcp_printer.hpp"
#include "tests/drivers/peers/child_program.hpp"
#include "tests/drivers/peers/pty_peer.hpp"

namespace kemas::printer {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using kemas::test::ChildProgram;
using kemas::test::PtyPeer;
using namespace std::chrono_literals;

class P910nd : public ::testing::Test {
 protected:
    void SetUp() override {
        if (::access("/usr/sbin/p910nd", X_OK) != 0) GTEST_SKIP() << "p910nd is not installed";
        ::mkdir("/run/lock/p910nd", 0755);  // Debian's init script makes it
        if (::access("/run/lock/p910nd", W_OK) != 0) GTEST_SKIP() << "its lock folder is not ours";
    }
    void serve(const std::string& device) {
        acceptor.async_accept([this, device](boost::system::error_code error, tcp::socket socket) {
            if (error) return;
            socket.native_non_blocking(false);
            const std::vector<std::string> words{"/usr/sbin/p910nd", "-b", "-f", device};
            children.push_back(std::make_unique<ChildProgram>(words, socket.native_handle()));
            socket.close();
            serve(device);
        });
    }
    PrintOutcome end_of(Printer& printer, std::string bytes) {
        std::optional<PrintOutcome> end;
        printer.print(
            std::move(bytes), [](Printer::Go go) { go(true); },
            [&end](PrintOutcome outcome) { end = std::move(outcome); });
        const auto deadline = std::chrono::steady_clock::now() + 15s;
        while (!end && std::chrono::steady_clock::now() < deadline) loop.run_one_for(20ms);
        return end.value_or(PrintOutcome{});
    }
    TcpPrinterOptions options() {
        TcpPrinterOptions options{"bench 1", "127.0.0.1", acceptor.local_endpoint().port()};
        options.language = Language::tspl;
        options.ask_status = true;
        options.status_timeout_ms = options.close_timeout_ms = 5'000;
        return options;
    }

    asio::io_context loop;
    tcp::acceptor acceptor{loop, {asio::ip::address_v4::loopback(), 0}};
    std::vector<std::unique_ptr<ChildProgram>> children;
};

TEST_F(P910nd, PassesTheJobAndTheAnswerOfAUsbPrinter) {
    PtyPeer usb([](PtyPeer& self) {
        self.hear_until("\x1b!?");
        self.say(std::string(1, '\0'));
        while (!self.over()) self.hear();
    });
    serve(usb.path());
    TcpPrinter printer(loop.get_executor(), options());
    const PrintOutcome outcome = end_of(printer, "LABEL");
    EXPECT_EQ(outcome.kind, PrintOutcome::Kind::sent) << outcome.detail;
    EXPECT_EQ(printer.health().state, "ready");
    const auto deadline = std::chrono::steady_clock::now() + 5s;
    while (usb.all().size() < 8 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(10ms);
    EXPECT_EQ(usb.all(), "\x1b!?LABEL");
}

TEST_F(P910nd, AnUnpluggedPrinterBehindItIsANamedFault) {
    serve("/dev/usb/lp-not-there");
    auto asked = options();
    asked.status_timeout_ms = 300;
    TcpPrinter printer(loop.get_executor(), asked);
    EXPECT_EQ(end_of(printer, "LABEL").kind, PrintOutcome::Kind::not_started);
    EXPECT_FALSE(printer.health().up);
    EXPECT_EQ(printer.health().state, "unknown");
    EXPECT_THAT(printer.health().error, ::testing::HasSubstr("silent when asked"));
}

}  // namespace
}  // namespace kemas::printer
