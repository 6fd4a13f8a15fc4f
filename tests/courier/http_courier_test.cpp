// The courier's client over real sockets, against the simulated courier and worse.
#include "courier/http_courier.hpp"

#include <gmock/gmock.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>

#include "drivers/sim/courier_server.hpp"
#include "drivers/sim/listener.hpp"

namespace kemas::testing {
namespace {

using Kind = CourierAnswer::Kind;
using sim::Mishap;
using ::testing::HasSubstr;

struct OverHttp : ::testing::Test {
    boost::asio::io_context loop{1};

    courier::HttpCourierOptions options(int port, int deadline_ms = 20'000) const {
        return {"JNE", "http://127.0.0.1:" + std::to_string(port), "secret", deadline_ms};
    }
    static ShipmentAsk ask(const std::string& reference) {
        ShipmentAsk ask;
        ask.reference = reference;
        ask.service = "REG";
        ask.weight_g = 360;
        ask.ship_to.name = "Dewi";
        ask.ship_to.postal_code = "17530";
        ask.currency = "IDR";
        return ask;
    }
    template <class Call>
    CourierAnswer wait(Call call) {
        std::optional<CourierAnswer> answer;
        call([&](CourierAnswer one) { answer = std::move(one); });
        loop.restart();
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (!answer && std::chrono::steady_clock::now() < end)
            loop.run_one_for(std::chrono::milliseconds(50)), loop.restart();
        EXPECT_TRUE(answer) << "no answer at all";
        return answer.value_or(CourierAnswer{});
    }
};

struct Simulated : OverHttp {
    sim::CourierServer server{loop.get_executor(), {"127.0.0.1", 0, "secret", {}}};
    std::unique_ptr<courier::HttpCourier> client;
    void SetUp() override {
        ASSERT_TRUE(server.start());
        client =
            std::make_unique<courier::HttpCourier>(loop.get_executor(), options(server.port()));
    }
    CourierAnswer create(const std::string& reference) {
        return wait([&](auto on) { client->create(ask(reference), on); });
    }
    CourierAnswer find(const std::string& reference) {
        return wait([&](auto on) { client->find(reference, on); });
    }
};

TEST_F(Simulated, GivesFindsAndVoidsANumber) {
    const auto made = create("KMS-A-1");
    ASSERT_EQ(made.kind, Kind::answered) << made.field << made.why;
    EXPECT_EQ(made.found.at(0).reference, "KMS-A-1");
    EXPECT_EQ(made.found.at(0).weight, grams(360));
    const auto found = find("KMS-A-1");
    ASSERT_EQ(found.found.size(), 1u);
    EXPECT_EQ(found.found[0].number, made.found[0].number);
    EXPECT_TRUE(find("KMS-B-1").found.empty());
    const auto voided = wait([&](auto on) { client->cancel("KMS-A-1", on); });
    ASSERT_EQ(voided.kind, Kind::answered) << voided.why;
    EXPECT_TRUE(voided.found.at(0).voided);
    EXPECT_EQ(voided.refund, "full");
}

TEST_F(Simulated, TellsALostAnswerFromARefusal) {
    server.world().next(Mishap::lost_after);
    EXPECT_EQ(create("KMS-A-1").kind, Kind::unknown);
    EXPECT_EQ(find("KMS-A-1").found.size(), 1u) << "it was made all the same";
    server.world().refuse({"17530"});
    const auto refused = create("KMS-A-2");
    EXPECT_EQ(refused.kind, Kind::refused);
    EXPECT_EQ(refused.field, "ship_to.postal_code");
    for (const auto mishap : {Mishap::error_before, Mishap::error_after, Mishap::busy,
                              Mishap::nonsense, Mishap::huge}) {
        server.world().refuse({});
        server.world().next(mishap);
        EXPECT_EQ(create("KMS-A-3").kind, Kind::unknown) << static_cast<int>(mishap);
    }
}

TEST_F(Simulated, AsksOnceOnAConnectionThatWasUsedBeforeAndIsClosedWithoutAnAnswer) {
    EXPECT_EQ(create("KMS-A-1").kind, Kind::answered);
    EXPECT_TRUE(find("KMS-A-2").found.empty());
    server.world().next(Mishap::lost_after);
    const auto lost = create("KMS-A-2");
    EXPECT_EQ(lost.kind, Kind::unknown);
    EXPECT_FALSE(lost.never_sent);
    EXPECT_EQ(find("KMS-A-2").found.size(), 1u);
    EXPECT_EQ(server.world().made().size(), 2u);
}

TEST_F(Simulated, GetsLabelAndTracking) {
    ASSERT_EQ(create("KMS-A-1").kind, Kind::answered);
    std::optional<Result<CourierLabel>> label;
    std::optional<Result<std::vector<TrackingEvent>>> events;
    client->label("KMS-A-1", [&](auto got) { label = std::move(got); });
    client->track("KMS-A-1", [&](auto got) { events = std::move(got); });
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while ((!label || !events) && std::chrono::steady_clock::now() < end)
        loop.run_one_for(std::chrono::milliseconds(50)), loop.restart();
    ASSERT_TRUE(label && *label) << label->error().what;
    EXPECT_EQ((*label)->format, "zpl");
    ASSERT_TRUE(events && *events);
    EXPECT_EQ((*events)->size(), 1u);
}

TEST_F(Simulated, SaysThatItsTokenIsRefused) {
    auto wrong = options(server.port());
    wrong.token = "other";
    courier::HttpCourier stranger(loop.get_executor(), wrong);
    const auto answer = wait([&](auto on) { stranger.create(ask("KMS-A-1"), on); });
    EXPECT_EQ(answer.kind, Kind::unknown);
    EXPECT_THAT(answer.why, HasSubstr("token"));
    EXPECT_TRUE(server.world().made().empty());
}

// A peer that says the same to everyone, or nothing.
struct Scripted : OverHttp {
    sim::Listener listener{loop.get_executor(), "127.0.0.1"};
    std::string says;
    int connections = 0;

    static boost::asio::awaitable<void> talk(Scripted* self, sim::Socket socket) {
        const auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
        ++self->connections;
        std::array<char, 4096> bytes;
        const auto room = boost::asio::buffer(bytes);
        co_await socket->async_read_some(room, token);
        const auto text = boost::asio::buffer(self->says);
        if (!self->says.empty()) co_await boost::asio::async_write(*socket, text, token);
        // Stays open until the other side goes.
        co_await socket->async_read_some(room, token);
    }
    void SetUp() override {
        ASSERT_TRUE(
            listener.open(0, [this](sim::Socket socket) { return talk(this, std::move(socket)); }));
    }
    CourierAnswer find(int deadline_ms = 20'000) {
        courier::HttpCourier client(loop.get_executor(), options(listener.port(), deadline_ms));
        return wait([&](auto on) { client.find("KMS-A-1", on); });
    }
};

TEST_F(Scripted, NeverFollowsARedirect) {
    Scripted::says =
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + std::to_string(listener.port()) +
        "/elsewhere\r\nContent-Length: 0\r\n\r\n";
    const auto answer = find();
    EXPECT_EQ(answer.kind, Kind::unknown);
    EXPECT_THAT(answer.why, HasSubstr("where we do not go"));
    EXPECT_EQ(connections, 1);
}

TEST_F(Scripted, GivesUpAtItsDeadlineHoweverTheBytesTrickle) {
    says = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{";
    const auto answer = find(300);
    EXPECT_EQ(answer.kind, Kind::unknown);
    EXPECT_THAT(answer.why, HasSubstr("within 300 ms"));
    EXPECT_FALSE(answer.never_sent);
}

TEST_F(Scripted, RefusesAnAnswerThatDoesNotEnd) {
    says = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" +
           std::string(std::size_t{2} << 20, ' ');
    EXPECT_THAT(find().why, HasSubstr("longer than 1048576 bytes"));
}

TEST_F(Scripted, StopsAtOnceWhileACallIsOut) {
    says.clear();
    bool answered = false;
    {
        courier::HttpCourier client(loop.get_executor(), options(listener.port(), 100'000));
        client.find("KMS-A-1", [&](const CourierAnswer&) { answered = true; });
        loop.run_for(std::chrono::milliseconds(200));
        client.stop();
    }
    loop.restart();
    loop.run_for(std::chrono::milliseconds(50));
    EXPECT_FALSE(answered);
}

TEST_F(OverHttp, ReportsThatNobodyIsThere) {
    int port = 0;
    {
        sim::Listener gone(loop.get_executor(), "127.0.0.1");
        ASSERT_TRUE(gone.open(0, [](sim::Socket) -> boost::asio::awaitable<void> { co_return; }));
        port = gone.port();
    }
    courier::HttpCourier client(loop.get_executor(), options(port));
    const auto answer = wait([&](auto on) { client.find("KMS-A-1", on); });
    EXPECT_EQ(answer.kind, Kind::unknown);
    EXPECT_THAT(answer.why, HasSubstr("nobody answers"));
    const auto made = wait([&](auto on) { client.create(ask("KMS-A-1"), on); });
    EXPECT_EQ(made.kind, Kind::unknown);
    EXPECT_TRUE(made.never_sent);
}

}  // namespace
}  // namespace kemas::testing
