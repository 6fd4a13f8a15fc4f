#include <gmock/gmock.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <chrono>

#include "drivers/scanner/tcp_client_scanner.hpp"
#include "drivers/scanner/tcp_server_scanner.hpp"

namespace kemas::scanner {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// The other end of the wire, driven by the same loop: never blocks.
struct Gun {
    explicit Gun(tcp::socket given) : socket(std::move(given)) { socket.non_blocking(true); }
    void send(std::string_view bytes) { asio::write(socket, asio::buffer(bytes)); }
    void poll() {
        char chunk[4096];
        boost::system::error_code ec;
        while (const std::size_t n = socket.read_some(asio::buffer(chunk), ec))
            got.append(chunk, n);
        if (ec && ec != asio::error::would_block) closed = true;
    }
    tcp::socket socket;
    std::string got;
    bool closed = false;
};

class ScannerTest : public ::testing::Test {
 protected:
    template <class Options>
    Options options() {
        Options result;
        result.name = "gun";
        result.epoch = "e7";
        result.framing.heartbeat = "HB";
        result.framing.no_read = "NOREAD";
        result.log = [this](std::string_view event, const std::string&) {
            log.emplace_back(event);
        };
        return result;
    }
    OnScannedLine collect() {
        return [this](ScannedLine line) {
            if (echo) line.reply("+|" + line.text);
            lines.push_back(std::move(line));
        };
    }
    Gun dial(std::uint16_t port) {
        tcp::socket socket(loop);
        socket.connect({asio::ip::make_address("127.0.0.1"), port});
        return Gun(std::move(socket));
    }
    // Runs the loop until `done`, or too long.
    template <class Done>
    void until(Done done) {
        const auto last = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        loop.restart();
        while (!done() && std::chrono::steady_clock::now() < last) {
            loop.run_one_for(milliseconds(5));
            loop.restart();
        }
        ASSERT_TRUE(done());
    }
    void until_lines(std::size_t count) {
        until([&] { return lines.size() >= count; });
    }
    void until_got(Gun& gun, std::size_t bytes) {
        until([&] { return gun.poll(), gun.got.size() >= bytes; });
    }
    void settle() {
        loop.restart();
        loop.run_for(milliseconds(20));
    }
    std::vector<std::string> texts() const {
        std::vector<std::string> result;
        for (const ScannedLine& line : lines) result.push_back(line.text);
        return result;
    }
    asio::io_context loop;
    std::vector<ScannedLine> lines;
    std::vector<std::string> log;
    bool echo = false;
};

class ServerScannerTest : public ScannerTest {
 protected:
    void start(const std::function<void(TcpServerScannerOptions&)>& change = nullptr) {
        auto given = options<TcpServerScannerOptions>();
        if (change) change(given);
        scanner = std::make_unique<TcpServerScanner>(loop.get_executor(), given);
        scanner->start(collect());
        ASSERT_NE(scanner->port(), 0);
    }
    std::unique_ptr<TcpServerScanner> scanner;
};

TEST_F(ServerScannerTest, AnswersAScanOnItsOwnSocket) {
    start();
    echo = true;
    Gun gun = dial(scanner->port());
    gun.send("8991234567890\r");
    until_got(gun, 17);
    EXPECT_EQ(gun.got, "+|8991234567890\r\n");
    EXPECT_TRUE(scanner->health().up);
    EXPECT_EQ(scanner->health().state, "connected");
    EXPECT_GT(scanner->health().heard.value, 0);
}

TEST_F(ServerScannerTest, JoinsFragmentsAndSplitsPackets) {
    start();
    Gun gun = dial(scanner->port());
    gun.send("AB");
    settle();
    EXPECT_THAT(texts(), IsEmpty());
    gun.send("C\r\nDEF\r\nGH");
    until_lines(2);
    gun.send("I\r\n");
    until_lines(3);
    EXPECT_THAT(texts(), ElementsAre("ABC", "DEF", "GHI"));
}

TEST_F(ServerScannerTest, KeysAreTheSendersOrItsOwnCount) {
    start();
    Gun gun = dial(scanner->port());
    gun.send("A\r#17;B\rC\r#;D\r");
    until_lines(4);
    EXPECT_THAT(texts(), ElementsAre("A", "B", "C", "#;D"));
    EXPECT_EQ(lines[0].key, "gun:e7:1:1");
    EXPECT_EQ(lines[1].key, "gun#17");
    EXPECT_EQ(lines[2].key, "gun:e7:1:3");
    Gun second = dial(scanner->port());
    second.send("E\r");
    until_lines(5);
    EXPECT_EQ(lines[4].key, "gun:e7:2:1");
}

TEST_F(ServerScannerTest, AFaultyFrameIsAnsweredAtOnceAndIsNoScan) {
    start();
    echo = true;
    Gun gun = dial(scanner->port());
    gun.send("bad\x1B[6n\rgood\r" + std::string(600, 'x') + "\rlast\r");
    until_lines(2);
    until_got(gun, 200);
    EXPECT_THAT(texts(), ElementsAre("good", "last"));
    EXPECT_THAT(gun.got, StartsWith("-|bad_frame|"));
    EXPECT_THAT(gun.got, HasSubstr("\r\n+|good\r\n-|bad_frame|Code longer than 512"));
    EXPECT_THAT(gun.got, HasSubstr("scan again\r\n+|last\r\n"));
    EXPECT_EQ(scanner->counts().bad_frames, 2u);
}

TEST_F(ServerScannerTest, NoReadIsAnsweredAndHeartbeatIsNothing) {
    start();
    Gun gun = dial(scanner->port());
    gun.send("HB\rNOREAD\r#5;\r");
    until_got(gun, 100);
    EXPECT_THAT(gun.got, StartsWith("-|no_read|"));
    EXPECT_THAT(lines, IsEmpty());
    EXPECT_EQ(scanner->counts().no_reads, 1u);
    EXPECT_EQ(scanner->counts().heartbeats, 1u);
}

TEST_F(ServerScannerTest, AHalfLineOfALostConnectionIsNoScan) {
    start([](TcpServerScannerOptions& o) { o.write_timeout_ms = 50; });
    {
        Gun gun = dial(scanner->port());
        gun.send("WHOLE\rHALF");
        until_lines(1);
    }
    until([&] { return scanner->counts().cut_lines == 1; });
    EXPECT_THAT(texts(), ElementsAre("WHOLE"));
    EXPECT_EQ(scanner->health().state, "listening");
    lines[0].reply("+|too late");  // harmless
    settle();
}

TEST_F(ServerScannerTest, AnswersKeepTheOrderOfTheirLines) {
    start();
    Gun gun = dial(scanner->port());
    gun.send("A\rB\r\x01\rC\rD\r");
    until_lines(4);
    lines[3].reply("+|d");
    lines[1].reply("+|b\r\n+|forged");
    lines[1].reply("+|b again");
    settle();
    gun.poll();
    EXPECT_EQ(gun.got, "") << "A is not answered yet";
    lines[0].reply("+|a");
    lines.erase(lines.begin() + 2);  // C is never answered: it must not hold up D
    settle();
    gun.poll();
    EXPECT_THAT(gun.got, StartsWith("+|a\r\n+|b  +|forged\r\n-|bad_frame|"));
    EXPECT_THAT(gun.got, ::testing::EndsWith("\r\n+|d\r\n"));
}

TEST_F(ServerScannerTest, ReadsNoFurtherThanItsUnansweredLinesAllow) {
    start([](TcpServerScannerOptions& o) { o.max_waiting = 3; });
    Gun gun = dial(scanner->port());
    gun.send("1\r2\r3\r4\r5\r");
    until_lines(3);
    settle();
    EXPECT_EQ(lines.size(), 3u);
    for (std::size_t i = 0; i < 5; ++i) {
        until_lines(i + 1);
        lines[i].reply("+");
    }
    EXPECT_THAT(texts(), ElementsAre("1", "2", "3", "4", "5"));
}

TEST_F(ServerScannerTest, AScannerThatTakesNoAnswersIsDropped) {
    start([](TcpServerScannerOptions& o) { o.write_timeout_ms = 50; });
    tcp::socket socket(loop);
    socket.open(tcp::v4());
    socket.set_option(asio::socket_base::receive_buffer_size(2'048));
    socket.connect({asio::ip::make_address("127.0.0.1"), scanner->port()});
    asio::write(socket, asio::buffer("A\r", 2));
    until_lines(1);
    lines[0].reply(std::string(16 << 20, 'x'));
    until([&] { return scanner->health().state == "listening"; });
}

TEST_F(ServerScannerTest, AnswersASenderThatHasClosedItsHalf) {
    start();
    Gun gun = dial(scanner->port());
    gun.send("A\r");
    gun.socket.shutdown(tcp::socket::shutdown_send);
    until_lines(1);
    settle();
    lines[0].reply("+|a");
    until_got(gun, 5);
    EXPECT_EQ(gun.got, "+|a\r\n");
    until([&] { return scanner->health().state == "listening"; });
}

TEST_F(ServerScannerTest, TurnsAwayOneTooManyWithAWord) {
    start([](TcpServerScannerOptions& o) { o.max_connections = 2; });
    Gun first = dial(scanner->port()), second = dial(scanner->port());
    until([&] { return scanner->counts().connections == 2; });
    Gun third = dial(scanner->port());
    until([&] { return third.poll(), third.closed; });
    EXPECT_THAT(third.got, StartsWith("-|too_many|"));
    EXPECT_EQ(scanner->counts().refused, 1u);
    first.socket.close();
    until([&] {
        Gun again = dial(scanner->port());
        again.send("A\r");
        settle();
        return !lines.empty();
    });
}

TEST_F(ServerScannerTest, APortInUseIsSaidOnceAndTakenWhenFree) {
    tcp::acceptor other(loop, {asio::ip::make_address("127.0.0.1"), 0});
    auto given = options<TcpServerScannerOptions>();
    given.port = other.local_endpoint().port();
    TcpServerScanner blocked(loop.get_executor(), given);
    blocked.start(collect());
    EXPECT_FALSE(blocked.health().up);
    EXPECT_THAT(blocked.health().error, HasSubstr("cannot listen on 127.0.0.1:"));
    loop.run_for(milliseconds(150));
    EXPECT_THAT(log, ElementsAre("scanner.down"));
    other.close();
    until([&] { return blocked.health().up; });
    EXPECT_THAT(log, ElementsAre("scanner.down", "scanner.up"));
}

TEST_F(ServerScannerTest, NothingComesAfterStop) {
    start();
    Gun gun = dial(scanner->port());
    gun.send("A\r");
    until_lines(1);
    gun.send("B\r");
    scanner->stop();
    loop.restart();
    loop.run();  // ends: nothing is left waiting
    EXPECT_THAT(texts(), ElementsAre("A"));
    scanner.reset();
    lines[0].reply("+|late");
    EXPECT_FALSE(log.empty());
}

TEST_F(ScannerTest, TheClientReconnectsAndNumbersItsConnections) {
    tcp::acceptor reader(loop, {asio::ip::make_address("127.0.0.1"), 0});
    auto given = options<TcpClientScannerOptions>();
    given.host = "127.0.0.1";
    given.port = reader.local_endpoint().port();
    TcpClientScanner scanner(loop.get_executor(), given);
    scanner.start(collect());
    until([&] { return scanner.counts().connections == 1; });
    {
        Gun gun(reader.accept());
        gun.send(
            "\x02"
            "A\r\nHAL");
        until_lines(1);
        EXPECT_TRUE(scanner.health().up);
        lines[0].reply("+|a");
        until_got(gun, 5);
    }
    until([&] { return !scanner.health().up; });
    EXPECT_THAT(scanner.health().error, HasSubstr("lost: "));
    until([&] { return scanner.counts().connections == 2; });
    Gun gun(reader.accept());
    gun.send("B\r\n");
    until_lines(2);
    EXPECT_THAT(texts(), ElementsAre("A", "B"));
    EXPECT_EQ(lines[1].key, "gun:e7:2:1");
    EXPECT_THAT(log, ElementsAre("scanner.up", "scanner.down", "scanner.up"));
    scanner.stop();
    loop.restart();
    loop.run();
}

TEST_F(ScannerTest, TheClientTellsAMissingReaderOnce) {
    auto given = options<TcpClientScannerOptions>();
    given.host = "127.0.0.1";
    {
        tcp::acceptor gone(loop, {asio::ip::make_address("127.0.0.1"), 0});
        given.port = gone.local_endpoint().port();
    }
    TcpClientScanner scanner(loop.get_executor(), given);
    scanner.start(collect());
    loop.run_for(milliseconds(450));
    EXPECT_THAT(log, ElementsAre("scanner.down"));
    EXPECT_THAT(scanner.health().error, HasSubstr("cannot connect to 127.0.0.1:"));
    scanner.stop();
    loop.restart();
    loop.run();
}

}  // namespace
}  // namespace kemas::scanner
