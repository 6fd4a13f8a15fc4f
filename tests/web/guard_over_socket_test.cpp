// The vectors of the HTTP row: each refused with one answer, then the connection ends.
#include "web_fixture.hpp"

namespace kemas::web {
namespace {

using namespace std::string_literals;

class GuardOverSocket : public WebTest {
 protected:
    // Sends the bytes with a second request behind them: smuggled or honest, it must stay
    // unanswered.
    void expect_refused(unsigned status, std::string_view bytes) {
        auto peer = client();
        peer.send(std::string(bytes) + "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n");
        const Answer answer = peer.read();
        EXPECT_EQ(answer.status, status) << bytes << answer.head;
        EXPECT_EQ(answer.field("content-type"), "application/problem+json");
        EXPECT_EQ(answer.field("connection"), "close");
        EXPECT_NE(answer.body.find("\"detail\":\""), std::string::npos);
        EXPECT_TRUE(peer.closed()) << bytes;
    }
    std::string post(std::string_view fields, std::string_view body,
                     std::string_view version = "1.1") {
        return "POST /api/v1/orders HTTP/" + std::string(version) +
               "\r\nContent-Type: application/json\r\n" + std::string(fields) + "\r\n" +
               std::string(body);
    }
};

TEST_F(GuardOverSocket, RefusesAmbiguousFraming) {
    start();
    const std::string chunks = "2\r\n{}\r\n0\r\n\r\n";
    for (const char* value :
         {"xchunked", "chunked, identity", "\"chunked\"", "identity, chunked"}) {
        expect_refused(
            400, post("Host: h\r\nTransfer-Encoding: " + std::string(value) + "\r\n", chunks));
    }
    expect_refused(400, post("Host: h\r\nTransfer-Encoding: chunked\r\n", chunks, "1.0"));
    expect_refused(400,
                   post("Host: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n", chunks));
    expect_refused(400,
                   post("Host: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n", chunks));
    expect_refused(400, post("Host: h\r\nContent-Length: 2\r\nContent-Length: 3\r\n", "{}"));
    EXPECT_EQ(on_loop([this] { return posts_; }), 0);
}

TEST_F(GuardOverSocket, RefusesBadHeads) {
    start();
    expect_refused(400, "GET /status HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
    expect_refused(400, "GET /status HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n");
    expect_refused(400, "GET /status HTTP/1.1\r\n\r\n");
    expect_refused(400, "GET /status HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n");
    expect_refused(400, "GET /status HTTP/1.1\r\n Host: h\r\n\r\n");
    expect_refused(501, "BREW /status HTTP/1.1\r\nHost: h\r\n\r\n");
    expect_refused(501, "get /status HTTP/1.1\r\nHost: h\r\n\r\n");
    expect_refused(400, "GET /st\xc3\xa4tus HTTP/1.1\r\nHost: h\r\n\r\n");
    expect_refused(400, "GET /status /x HTTP/1.1\r\nHost: h\r\n\r\n");
    expect_refused(400, "GET status HTTP/1.1\r\nHost: h\r\n\r\n");
    expect_refused(505, "GET /status HTTP/2.0\r\nHost: h\r\n\r\n");
    expect_refused(400, "GET /status\r\n\r\n");
    expect_refused(400, "GET /status HTTP/1.1\nHost: h\n\n");
    expect_refused(400, "GET /status HTTP/1.1\r\nHost: h\r\nX: a"s + '\0' + "b\r\n\r\n");
    std::string many = "GET /status HTTP/1.1\r\nHost: h\r\n";
    for (int i = 0; i < 700; ++i) many += "X: 1\r\n";
    expect_refused(431, many + "\r\n");
    expect_refused(431,
                   "GET /status HTTP/1.1\r\nHost: h\r\nX: " + std::string(9000, 'a') + "\r\n\r\n");
    EXPECT_EQ(on_loop([this] { return server_->counters().refused_framing; }), 16u);
}

TEST_F(GuardOverSocket, RefusesABrokenChunkedBodyAndTrailers) {
    start();
    const std::string head = "Host: h\r\nTransfer-Encoding: chunked\r\n";
    expect_refused(400, post(head, "zz\r\n{}\r\n0\r\n\r\n"));
    expect_refused(400, post(head, "ffffffffffffffffff\r\n{}\r\n0\r\n\r\n"));
    expect_refused(400, post(head, "2\r\n{}x\r\n0\r\n\r\n"));
    expect_refused(400, post(head, "2\r\n{}\r\n0\r\nHost: evil\r\n\r\n"));
    EXPECT_EQ(on_loop([this] { return posts_; }), 0);
}

TEST_F(GuardOverSocket, AnswersPipelinedRequestsInOrderOnceEach) {
    start();
    auto peer = client();
    peer.send("GET /api/v1/orders/1 HTTP/1.1\r\nHost: h\r\n\r\n" +
              post("Host: h\r\nTransfer-Encoding: chunked\r\n", "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n") +
              post("Host: h\r\nContent-Length: 2\r\n", "[]") +
              "\r\nGET /api/v1/orders/4?shop=x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(peer.read().body, "1|-");
    EXPECT_EQ(peer.read().body, "{}");
    EXPECT_EQ(peer.read().body, "[]");
    EXPECT_EQ(peer.read().body, "4|x");
    EXPECT_TRUE(peer.closed());
}

TEST_F(GuardOverSocket, TakesARequestThatComesByteByByte) {
    start();
    auto peer = client();
    const std::string bytes =
        post("Host: h\r\nTransfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n");
    for (const char c : bytes) peer.send({&c, 1});
    EXPECT_EQ(peer.read().body, "{}");
}

TEST_F(GuardOverSocket, ClosesASlowHeadAndASlowBodyThoughBytesKeepTrickling) {
    Options hasty;
    hasty.header_deadline = std::chrono::milliseconds(120);
    hasty.body_deadline = std::chrono::milliseconds(120);
    start(hasty);
    for (const std::string& begin : {std::string("GET /status HTTP/1.1\r\nX: "),
                                     post("Host: h\r\nContent-Length: 90\r\n", "{")}) {
        auto peer = client();
        peer.send(begin);
        bool closed = false;
        for (int i = 0; i < 100 && !closed; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            peer.send("a");
            closed = on_loop([this] { return server_->counters().connections == 0; });
        }
        EXPECT_TRUE(closed);
        EXPECT_EQ(peer.read().status, 0u);
    }
    EXPECT_EQ(on_loop([this] { return server_->counters().timed_out; }), 2u);
    EXPECT_EQ(ask("GET /status HTTP/1.1\r\nHost: h\r\n\r\n").status, 200u);
}

}  // namespace
}  // namespace kemas::web
