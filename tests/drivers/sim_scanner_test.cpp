#include <gtest/gtest.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include "drivers/sim/listener.hpp"
#include "drivers/sim/scanner_client.hpp"
#include "sim_support.hpp"

namespace kemas::sim {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

TEST(ScannerAnswer, TellsAnswersRefusalsAndPushesApart) {
    const auto yes = parse_answer("+|1 of 2\r\n");
    ASSERT_TRUE(yes);
    EXPECT_TRUE(yes->accepted && !yes->pushed);
    EXPECT_EQ(yes->text, "1 of 2");
    const auto no = parse_answer("-|wrong_item|scanned a | b");
    ASSERT_TRUE(no);
    EXPECT_FALSE(no->accepted);
    EXPECT_EQ(no->code, "wrong_item");
    EXPECT_EQ(no->text, "scanned a | b");
    const auto push = parse_answer("!-|parcel_hold|phone is empty");
    ASSERT_TRUE(push);
    EXPECT_TRUE(push->pushed && !push->accepted);
    EXPECT_EQ(push->code, "parcel_hold");
    EXPECT_FALSE(parse_answer("hello"));
    EXPECT_FALSE(parse_answer(""));
}

// A scripted kemasd: drops the first `lose` lines with their connection, answers the others.
struct Peer {
    std::vector<std::string> lines;
    int lose = 0;
    std::string before;  // pushed before each answer
};
asio::awaitable<void> serve(Peer& peer, Socket socket) {
    const auto token = asio::as_tuple(asio::use_awaitable);
    std::string bytes;
    while (true) {
        auto buffer = asio::dynamic_buffer(bytes);
        const auto [error, n] = co_await asio::async_read_until(*socket, buffer, '\n', token);
        if (error) co_return;
        peer.lines.push_back(bytes.substr(0, n));
        bytes.erase(0, n);
        if (peer.lose-- > 0) co_return socket->close();
        const std::string answer =
            peer.before + "+|ok " + std::to_string(peer.lines.size()) + "\r\n";
        const auto out = asio::buffer(answer);
        co_await asio::async_write(*socket, out, token);
    }
}

struct Scanner : testing::Test {
    asio::io_context loop{1};
    Peer peer;
    Listener listener{loop.get_executor(), "127.0.0.1"};
    std::vector<ScanAnswer> pushes;
    std::unique_ptr<ScannerClient> scanner;
    void SetUp() override {
        ASSERT_TRUE(listener.open(0, [this](Socket socket) { return serve(peer, socket); }));
        ScannerClient::Options options;
        options.remote = {asio::ip::address_v4::loopback(), listener.port()};
        options.sender = "t";
        options.within = {2000};
        scanner = std::make_unique<ScannerClient>(
            loop.get_executor(), options,
            [this](const ScanAnswer& push) { pushes.push_back(push); });
    }
};

asio::awaitable<void> numbers(Peer& peer, ScannerClient& scanner) {
    const auto first = co_await scanner.scan("A");
    const auto second = co_await scanner.scan("B");
    EXPECT_TRUE(first && first->text == "ok 1");
    EXPECT_TRUE(second && second->text == "ok 2");
    const std::vector<std::string> sent{"#t-1;A\r\n", "#t-2;B\r\n"};
    EXPECT_EQ(peer.lines, sent);
}
TEST_F(Scanner, NumbersItsScansAndHearsEachAnswer) {
    play(loop, numbers(peer, *scanner));
}

asio::awaitable<void> repeats(Peer& peer, ScannerClient& scanner) {
    peer.lose = 2;
    const auto answer = co_await scanner.scan("A");
    EXPECT_TRUE(answer.has_value());
    const std::vector<std::string> sent{"#t-1;A\r\n", "#t-1;A\r\n", "#t-1;A\r\n"};
    EXPECT_EQ(peer.lines, sent);
    EXPECT_EQ(scanner.resent(), 2u);
}
TEST_F(Scanner, SendsTheSameIdAgainAfterALostConnection) {
    play(loop, repeats(peer, *scanner));
}

asio::awaitable<void> hears_push(ScannerClient& scanner) {
    const auto answer = co_await scanner.scan("A");
    EXPECT_TRUE(answer && answer->text == "ok 1");
}
TEST_F(Scanner, DoesNotTakeAPushForAnAnswer) {
    peer.before = "!-|parcel_hold|no phone\r\n";
    play(loop, hears_push(*scanner));
    ASSERT_EQ(pushes.size(), 1u);
    EXPECT_EQ(pushes[0].code, "parcel_hold");
}

asio::awaitable<void> gives_up(tcp::endpoint nobody) {
    ScannerClient::Options options;
    options.remote = nobody;
    options.within = {80};
    ScannerClient scanner(co_await asio::this_coro::executor, options);
    const auto answer = co_await scanner.scan("A");
    EXPECT_FALSE(answer.has_value());
    if (!answer) {
        EXPECT_NE(answer.error().what.find("not answered"), std::string::npos);
    }
}
TEST_F(Scanner, GivesUpInTimeWhenNobodyListens) {
    listener.close();
    play(loop, gives_up({asio::ip::address_v4::loopback(), listener.port()}));
}

}  // namespace
}  // namespace kemas::sim
