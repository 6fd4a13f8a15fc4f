// A printer on a real socket, and a peer that behaves well or badly by script.
#include <gmock/gmock.h>
#include <sys/socket.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <functional>
#include <thread>

#include "drivers/printer/tcp_printer.hpp"

namespace kemas::printer {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Kind = PrintOutcome::Kind;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

// Accepts one connection after another on a thread of its own and runs the script on each.
class Peer {
 public:
    using Script = std::function<void(tcp::socket&)>;

    explicit Peer(std::vector<Script> scripts, int receive_buffer = 0)
        : acceptor_(context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
        if (receive_buffer > 0)
            acceptor_.set_option(tcp::socket::receive_buffer_size(receive_buffer));
        thread_ = std::thread([this, scripts = std::move(scripts)] {
            for (const Script& script : scripts) {
                tcp::socket socket(context_);
                boost::system::error_code error;
                acceptor_.accept(socket, error);
                if (error) return;
                script(socket);
            }
        });
    }
    ~Peer() {
        ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
        wait();
    }
    // Until every script has ended: what they wrote may be read then.
    void wait() {
        if (thread_.joinable()) thread_.join();
    }
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
    asio::io_context context_;
    tcp::acceptor acceptor_;
    std::thread thread_;
};

std::string all_of(tcp::socket& socket) {
    std::string got;
    std::array<char, 4096> block;
    boost::system::error_code error;
    while (!error) got.append(block.data(), socket.read_some(asio::buffer(block), error));
    return got;
}

void say(tcp::socket& socket, const std::string& words) {
    boost::system::error_code ignored;
    asio::write(socket, asio::buffer(words), ignored);
}

std::string hear(tcp::socket& socket, std::size_t bytes) {
    std::string got(bytes, '\0');
    boost::system::error_code ignored;
    got.resize(asio::read(socket, asio::buffer(got), ignored));
    return got;
}

void reset(tcp::socket& socket) {
    socket.set_option(tcp::socket::linger(true, 0));
    socket.close();
}

class TcpPrinterTest : public ::testing::Test {
 protected:
    void connect_to(std::uint16_t port, bool ask = false) {
        TcpPrinterOptions options{"bench 1", "127.0.0.1", port};
        options.ask_status = ask;
        options.open_timeout_ms = 1'000;
        options.status_timeout_ms = options.stall_timeout_ms = options.close_timeout_ms =
            patience_ms;
        printer.emplace(loop.get_executor(), options);
    }
    void print(std::string bytes) {
        printer->print(
            std::move(bytes),
            [this](Printer::Go go) {
                events.push_back("ready");
                on_ready(std::move(go));
            },
            [this](PrintOutcome outcome) {
                events.push_back("end");
                outcomes.push_back(std::move(outcome));
            });
    }
    void run_until(std::size_t ends) {
        const auto deadline = std::chrono::steady_clock::now() + 10s;
        while (outcomes.size() < ends && std::chrono::steady_clock::now() < deadline) {
            loop.restart();
            loop.run_one_for(50ms);
        }
        ASSERT_EQ(outcomes.size(), ends);
    }
    void TearDown() override {
        printer.reset();
        loop.restart();
        loop.run_for(1s);
    }

    asio::io_context loop;
    std::optional<TcpPrinter> printer;
    std::function<void(Printer::Go)> on_ready = [](Printer::Go go) { go(true); };
    int patience_ms = 5'000;  // tests that wait it out make it short
    std::vector<std::string> events;
    std::vector<PrintOutcome> outcomes;
};

const std::string status_ready =
    "\x02"
    "030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n"
    "\x02"
    "000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n"
    "\x02"
    "1234,0\x03\r\n";

TEST_F(TcpPrinterTest, AGoodPrinterGetsTheWholeJob) {
    std::string got;
    Peer peer({[&](tcp::socket& socket) { got = all_of(socket); }});
    connect_to(peer.port());
    EXPECT_EQ(printer->health().state, "idle");
    print(std::string(200'000, 'Z'));
    run_until(1);
    EXPECT_EQ(outcomes[0].kind, Kind::sent) << outcomes[0].detail;
    peer.wait();
    EXPECT_EQ(got.size(), 200'000U);
    EXPECT_TRUE(printer->health().up);
    EXPECT_EQ(printer->health().state, "reachable") << "nobody asked it how it is";
    EXPECT_EQ(printer->health().name, "bench 1");
}

TEST_F(TcpPrinterTest, TwoJobsPrintInOrderOneAtATime) {
    std::vector<std::string> got(2);
    Peer peer({[&](tcp::socket& socket) { got[0] = all_of(socket); },
               [&](tcp::socket& socket) { got[1] = all_of(socket); }});
    connect_to(peer.port());
    print("first");
    print("second");
    run_until(2);
    peer.wait();
    EXPECT_THAT(got, ::testing::ElementsAre("first", "second"));
    EXPECT_THAT(events, ::testing::ElementsAre("ready", "end", "ready", "end"));
}

TEST_F(TcpPrinterTest, ARefusalLeavesTheJobUntouched) {
    std::uint16_t port = 0;
    { port = Peer({}).port(); }
    connect_to(port);
    print("label");
    run_until(1);
    EXPECT_EQ(outcomes[0].kind, Kind::not_started);
    EXPECT_THAT(outcomes[0].detail, HasSubstr("cannot be reached: Connection refused"));
    EXPECT_THAT(events, ::testing::ElementsAre("end"));
    EXPECT_EQ(printer->health().state, "unreachable");
    EXPECT_FALSE(printer->health().up);
}

TEST_F(TcpPrinterTest, ANameIsResolvedAndAnUnknownOneIsNamed) {
    TcpPrinterOptions options{"bench 1", "no-such-printer.invalid", 9100};
    options.open_timeout_ms = 2'000;
    printer.emplace(loop.get_executor(), options);
    print("label");
    run_until(1);
    EXPECT_EQ(outcomes[0].kind, Kind::not_started);
    EXPECT_THAT(outcomes[0].detail, HasSubstr("no-such-printer.invalid:9100 cannot be reached"));
}

TEST_F(TcpPrinterTest, APrinterThatHangsAfterTheJobIsUnknown) {
    patience_ms = 150;
    std::string rest;
    Peer peer({[&](tcp::socket& socket) {
        hear(socket, 5);
        rest = all_of(socket) + "|";  // ends when the driver gives up
        std::this_thread::sleep_for(300ms);
    }});
    connect_to(peer.port());
    print("label");
    run_until(1);
    EXPECT_EQ(outcomes[0].kind, Kind::unknown);
    EXPECT_THAT(outcomes[0].detail, HasSubstr("did not close the job in time after 5 of 5 bytes"));
}

TEST_F(TcpPrinterTest, APrinterThatDiesInTheMiddleIsUnknown) {
    Peer peer({[](tcp::socket& socket) {
        hear(socket, 1000);
        reset(socket);
    }});
    connect_to(peer.port());
    print(std::string(8'000'000, 'Z'));
    run_until(1);
    EXPECT_EQ(outcomes[0].kind, Kind::unknown);
    EXPECT_THAT(outcomes[0].detail, HasSubstr("look whether the label is there"));
}

TEST_F(TcpPrinterTest, APrinterThatResetsAfterTheLastByteIsUnknown) {
    Peer peer({[](tcp::socket& socket) {
        hear(socket, 5);
        reset(socket);
    }});
    connect_to(peer.port());
    print("label");
    run_until(1);
    EXPECT_EQ(outcomes[0].kind, Kind::unknown) << outcomes[0].detail;
}

TEST_F(TcpPrinterTest, APrinterThatStopsReadingIsUnknown) {
    patience_ms = 150;
    Peer peer({[](tcp::socket&) { std::this_thread::sleep_for(600ms); }}, 4096);
    connect_to(peer.port());
    print(std::string(16'000'000, 'Z'));
    run_until(1);
    EXPECT_EQ(outcomes[0].kind, Kind::unknown);
    EXPECT_THAT(outcomes[0].detail, HasSubstr("took no more bytes in time"));
}

TEST_F(TcpPrinterTest, ASlowAndTalkativePrinterIsStillGood) {
    std::string got;
    Peer peer({[&](tcp::socket& socket) {
                  say(socket, std::string(50'000, '?'));
                  for (int i = 0; i < 4; ++i) {
                      std::this_thread::sleep_for(40ms);
                      got += hear(socket, 500'000);
                  }
                  got += all_of(socket);
              }},
              4096);
    connect_to(peer.port());
    print(std::string(3'000'000, 'Z'));
    run_until(1);
    EXPECT_EQ(outcomes[0].kind, Kind::sent) << outcomes[0].detail;
    peer.wait();
    EXPECT_EQ(got.size(), 3'000'000U);
}

TEST_F(TcpPrinterTest, ADroppedOrForgottenPermissionSendsNothing) {
    std::vector<std::string> got(2);
    Peer peer({[&](tcp::socket& socket) { got[0] = all_of(socket); },
               [&](tcp::socket& socket) { got[1] = all_of(socket); }});
    connect_to(peer.port());
    on_ready = [](Printer::Go go) { go(false); };
    print("first");
    run_until(1);
    on_ready = [](Printer::Go) {};
    print("second");
    run_until(2);
    EXPECT_EQ(outcomes[0].kind, Kind::not_started);
    EXPECT_EQ(outcomes[1].kind, Kind::not_started);
    peer.wait();
    EXPECT_THAT(got, ::testing::ElementsAre("", ""));
}

TEST_F(TcpPrinterTest, NoByteLeavesBeforeThePermission) {
    std::string got;
    std::atomic<int> available = -1;
    Peer peer({[&](tcp::socket& socket) {
        std::this_thread::sleep_for(50ms);
        available = static_cast<int>(socket.available());
        got = all_of(socket);
    }});
    connect_to(peer.port());
    Printer::Go later;
    on_ready = [&](Printer::Go go) { later = std::move(go); };
    print("label");
    while (available < 0) {
        loop.restart();
        loop.run_one_for(20ms);
    }
    EXPECT_EQ(available, 0);
    later(true);
    run_until(1);
    EXPECT_EQ(outcomes[0].kind, Kind::sent);
    peer.wait();
    EXPECT_EQ(got, "label");
}

TEST_F(TcpPrinterTest, StoppingInTheMiddleEndsEveryJob) {
    Peer peer({[](tcp::socket& socket) { all_of(socket), std::this_thread::sleep_for(100ms); }});
    connect_to(peer.port());
    on_ready = [this](Printer::Go go) {
        go(true);
        printer->stop();
    };
    print(std::string(100, 'Z'));
    print("never");
    run_until(2);
    EXPECT_NE(outcomes[0].kind, Kind::sent);
    EXPECT_NE(outcomes[0].kind, Kind::done);
    EXPECT_EQ(outcomes[1].kind, Kind::not_started);
    EXPECT_EQ(printer->health().state, "stopped");
    print("after");
    run_until(3);
    EXPECT_EQ(outcomes[2].kind, Kind::not_started);
}

TEST_F(TcpPrinterTest, StoppingWhileThePrinterWorksIsUnknown) {
    Peer peer({[this](tcp::socket& socket) {
        hear(socket, 5);
        asio::post(loop, [this] { printer->stop(); });
        all_of(socket);
        std::this_thread::sleep_for(50ms);
    }});
    connect_to(peer.port());
    print("label");
    run_until(1);
    EXPECT_EQ(outcomes[0].kind, Kind::unknown);
    EXPECT_THAT(outcomes[0].detail, HasSubstr("stopped"));
}

TEST_F(TcpPrinterTest, AReadyZplPrinterGetsTheJobAfterItsAnswer) {
    std::string question, got;
    Peer peer({[&](tcp::socket& socket) {
        question = hear(socket, 5);
        say(socket, status_ready.substr(0, 20));
        say(socket, status_ready.substr(20));
        got = all_of(socket);
    }});
    connect_to(peer.port(), true);
    print("label");
    run_until(1);
    EXPECT_EQ(outcomes[0].kind, Kind::sent) << outcomes[0].detail;
    peer.wait();
    EXPECT_EQ(question, "~HS\r\n");
    EXPECT_EQ(got, "label");
}

TEST_F(TcpPrinterTest, AnOpenHeadIsNamedBeforeAnythingStarts) {
    std::string open = status_ready;
    open.replace(open.find("000,0,0,0,0,2"), 13, "000,0,1,0,0,2");
    Peer peer({[&](tcp::socket& socket) {
        hear(socket, 5);
        say(socket, open);
        all_of(socket);
    }});
    connect_to(peer.port(), true);
    print("label");
    run_until(1);
    EXPECT_EQ(outcomes[0].kind, Kind::not_started);
    EXPECT_EQ(outcomes[0].detail, "The printer's head is open: close it.");
    EXPECT_EQ(printer->health().state, "head-open");
    EXPECT_THAT(events, ::testing::ElementsAre("end"));
}

TEST_F(TcpPrinterTest, SilenceIsNeverReady) {
    patience_ms = 150;
    Peer peer({[](tcp::socket& socket) { all_of(socket); }});
    connect_to(peer.port(), true);
    print("label");
    run_until(1);
    EXPECT_EQ(outcomes[0].kind, Kind::not_started);
    EXPECT_EQ(printer->health().state, "unknown");
}

}  // namespace
}  // namespace kemas::printer
