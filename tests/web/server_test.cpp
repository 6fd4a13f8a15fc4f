#include "web_fixture.hpp"

namespace kemas::web {
namespace {

class ServerTest : public WebTest {
 protected:
    static std::string get(std::string_view path, std::string_view fields = "") {
        return "GET " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n" + std::string(fields) +
               "\r\n";
    }
    static std::string post(std::string_view body, std::string_view type = "application/json",
                            std::string_view fields = "") {
        return "POST /api/v1/orders HTTP/1.1\r\nHost: h\r\nContent-Type: " + std::string(type) +
               "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string(fields) +
               "\r\n" + std::string(body);
    }
};

TEST_F(ServerTest, ServesASharedSnapshotAndSaysNotModifiedToWhoHasIt) {
    start();
    auto peer = client();
    const Answer first = peer.ask(get("/status"));
    EXPECT_EQ(first.status, 200u);
    EXPECT_EQ(first.body, "{\"snapshot_no\":1}");
    EXPECT_EQ(first.field("etag"), "\"s1\"");
    EXPECT_EQ(first.field("cache-control"), "no-cache");
    const Answer again = peer.ask(get("/status", "If-None-Match: \"s1\"\r\n"));
    EXPECT_EQ(again.status, 304u);
    EXPECT_EQ(again.body, "");
    EXPECT_EQ(peer.ask(get("/status", "If-None-Match: \"s0\"\r\n")).status, 200u);
}

TEST_F(ServerTest, AnswersHeadWithTheLengthAndNoBody) {
    start();
    auto peer = client();
    peer.send("HEAD /status HTTP/1.1\r\nHost: h\r\n\r\n");
    const Answer head = peer.read(true);
    EXPECT_EQ(head.status, 200u);
    EXPECT_EQ(head.field("content-length"), "17");
    EXPECT_EQ(peer.ask(get("/api/v1/orders/9")).body, "9|-");
}

TEST_F(ServerTest, DecodesPathAndQuery) {
    start();
    EXPECT_EQ(ask(get("/api/v1/orders/a%2Fb?shop=Toko+%C3%A9")).body, "a/b|Toko \u00e9");
    EXPECT_EQ(ask(get("/api/v1/orders/a%00b")).status, 400u);
    EXPECT_EQ(ask(get("/api/v1/orders/a?shop=1&shop=2")).status, 400u);
    EXPECT_EQ(ask("GET http://h/api/v1/orders/1 HTTP/1.1\r\nHost: h\r\n\r\n").body, "1|-");
}

TEST_F(ServerTest, NamesWhatIsWrongAndKeepsTheConnection) {
    start();
    auto peer = client();
    const Answer none = peer.ask(get("/nothing"));
    EXPECT_EQ(none.status, 404u);
    EXPECT_EQ(none.field("content-type"), "application/problem+json");
    EXPECT_NE(none.body.find("\"instance\":\"/nothing\""), std::string::npos);
    const Answer method = peer.ask("DELETE /api/v1/orders HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(method.status, 405u);
    EXPECT_EQ(method.field("allow"), "POST");
    EXPECT_EQ(peer.ask(get("/status")).status, 200u);
}

TEST_F(ServerTest, RefusesABodyThatIsTooLongUnwantedOrOfAnotherKind) {
    start();
    EXPECT_EQ(ask(post(std::string(100, ' '))).status, 201u);
    EXPECT_EQ(ask(post(std::string(101, ' '))).status, 413u);
    EXPECT_EQ(ask("POST /api/v1/orders HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                  "Transfer-Encoding: chunked\r\n\r\n60\r\n" +
                  std::string(96, 'a') + "\r\n60\r\n" + std::string(96, 'a') + "\r\n0\r\n\r\n")
                  .status,
              413u);
    EXPECT_EQ(ask(post("{}", "text/plain")).status, 415u);
    EXPECT_EQ(ask(post("{}", "Application/JSON; charset=utf-8")).status, 201u);
    EXPECT_EQ(ask("GET /status HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\na").status, 413u);
}

TEST_F(ServerTest, RefusesAPostFromAnotherSitesPage) {
    start();
    EXPECT_EQ(ask(post("{}", "application/json", "Origin: http://evil.example\r\n")).status, 403u);
    EXPECT_EQ(ask(post("{}", "application/json", "Origin: null\r\n")).status, 403u);
    EXPECT_EQ(ask(post("{}", "application/json", "Origin: http://h\r\n")).status, 201u);
}

TEST_F(ServerTest, SaysContinueToWhoAsksBeforeSending) {
    start();
    auto peer = client();
    peer.send(
        "POST /api/v1/orders HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
        "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(peer.read().status, 100u);
    EXPECT_EQ(peer.ask("{}").status, 201u);
}

TEST_F(ServerTest, WantsTheTokenForAllButHealthAndFiles) {
    Options options;
    options.bearer_token = "s3cret";
    start(options);
    EXPECT_EQ(ask(get("/healthz")).status, 200u);
    EXPECT_EQ(ask(get("/")).status, 200u);
    EXPECT_EQ(ask(get("/status")).status, 401u);
    EXPECT_EQ(ask(get("/status")).field("www-authenticate"), "Bearer");
    EXPECT_EQ(ask(get("/nothing")).status, 401u);
    EXPECT_EQ(ask(get("/status", "Authorization: Bearer s3creT\r\n")).status, 401u);
    EXPECT_EQ(ask(get("/status", "Authorization: Bearer s3cret1\r\n")).status, 401u);
    EXPECT_EQ(ask(get("/status", "Authorization: bearer s3cret\r\n")).status, 200u);
}

TEST_F(ServerTest, SendsSecurityHeadersWithPagesDataAndErrors) {
    start();
    const Answer page = ask(get("/"));
    EXPECT_NE(page.field("content-security-policy").find("script-src 'self'"), std::string::npos);
    for (const char* path : {"/", "/status", "/nothing"}) {
        const Answer answer = ask(get(path));
        EXPECT_EQ(answer.field("x-content-type-options"), "nosniff");
        EXPECT_NE(answer.field("content-security-policy").find("default-src 'none'"),
                  std::string::npos);
        EXPECT_EQ(answer.field("server"), "kemas");
        EXPECT_EQ(answer.field("date").size(), 29u);
    }
}

TEST_F(ServerTest, GivesALateAnswerAndRefusesOneThatComesTooLate) {
    Options options;
    options.answer_deadline = std::chrono::milliseconds(150);
    start(options);
    auto peer = client();
    peer.send(get("/later"));
    while (on_loop([this] { return kept_.empty(); })) std::this_thread::yield();
    on_loop([this] { kept_.back()(Response{.status = 202, .body = "{}"}); });
    EXPECT_EQ(peer.read().status, 202u);
    EXPECT_EQ(peer.ask(get("/later")).status, 503u);
    on_loop([this] { kept_.back()(Response{.status = 202, .body = "late"}); });
    EXPECT_EQ(peer.ask(get("/status")).body, "{\"snapshot_no\":1}");
}

TEST_F(ServerTest, AnswersFiveHundredForAHandlerThatForgetsOrThrows) {
    start();
    EXPECT_EQ(ask(get("/dropped")).status, 500u);
    const Answer thrown = ask(get("/throws"));
    EXPECT_EQ(thrown.status, 500u);
    EXPECT_NE(thrown.body.find("the cupboard is bare"), std::string::npos);
}

TEST_F(ServerTest, TurnsAwayTheConnectionPastTheLimitAndTakesTheNextOneLater) {
    Options options;
    options.max_connections = 2;
    start(options);
    std::optional<RawClient> first;
    first.emplace(port_);
    auto second = client();
    EXPECT_EQ(first->ask(get("/status")).status, 200u);
    EXPECT_EQ(second.ask(get("/status")).status, 200u);
    auto third = client();
    EXPECT_EQ(third.read().status, 503u);
    EXPECT_TRUE(third.closed());
    first.reset();
    while (on_loop([this] { return server_->counters().connections; }) > 1)
        std::this_thread::yield();
    EXPECT_EQ(ask(get("/status")).status, 200u);
}

TEST_F(ServerTest, ClosesAnIdleConnection) {
    Options options;
    options.idle_deadline = std::chrono::milliseconds(50);
    start(options);
    auto peer = client();
    EXPECT_EQ(peer.ask(get("/status")).status, 200u);
    EXPECT_TRUE(peer.closed());
}

TEST_F(ServerTest, SendsAnAnswerLargerThanTheSocketsBuffersWhole) {
    start();
    auto peer = client();
    const Answer answer = peer.ask(get("/big"));
    EXPECT_EQ(answer.body.size(), 8u << 20);
    EXPECT_EQ(answer.body.find_first_not_of('x'), std::string::npos);
    EXPECT_EQ(peer.ask(get("/api/v1/orders/1")).body, "1|-");
}

TEST_F(ServerTest, LetsARunningRequestEndWhenItStops) {
    start();
    auto peer = client(), idle = client();
    EXPECT_EQ(idle.ask(get("/status")).status, 200u);
    peer.send(get("/later"));
    while (on_loop([this] { return kept_.empty(); })) std::this_thread::yield();
    on_loop([this] { server_->stop(std::chrono::seconds(2)); });
    EXPECT_TRUE(idle.closed());
    on_loop([this] { kept_.back()(Response{.body = "{}"}); });
    const Answer answer = peer.read();
    EXPECT_EQ(answer.status, 200u);
    EXPECT_EQ(answer.field("connection"), "close");
    EXPECT_TRUE(peer.closed());
}

TEST_F(ServerTest, NamesTheAddressThatIsTaken) {
    start();
    Options same;
    same.port = port_;
    Server other(io_, same);
    const auto started = other.start();
    ASSERT_FALSE(started);
    EXPECT_NE(started.error().what.find(std::to_string(port_)), std::string::npos);
}

}  // namespace
}  // namespace kemas::web
