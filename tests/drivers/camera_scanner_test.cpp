#include "drivers/camera/camera_scanner.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <filesystem>
#include <fstream>

#include "drivers/camera/snapshot.hpp"
#include "pictures.hpp"
#include "scanner_fixture.hpp"

namespace kemas::camera {
namespace {

namespace fs = std::filesystem;
using boost::asio::ip::tcp;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Barcode code(const char* format, const char* text) {
    return {format, "]X0", text, {}};
}
std::vector<std::string> texts_of(const std::vector<Barcode>& codes) {
    std::vector<std::string> all;
    for (const auto& each : codes) all.push_back(each.text);
    return all;
}

TEST(SightFilter, ALinearCodeCountsOnceWhenTwoPicturesAgree) {
    SightFilter sight({2, 2'000});
    const std::vector<Barcode> seen{code("Code128", "A"), code("QRCode", "Q")};
    EXPECT_THAT(texts_of(sight.next(seen, {1'000})), ElementsAre("Q"));
    EXPECT_THAT(texts_of(sight.next(seen, {1'500})), ElementsAre("A"));
    EXPECT_THAT(sight.next(seen, {2'000}), IsEmpty());
}

TEST(SightFilter, AMisreadingOfOnePictureIsNoCode) {
    SightFilter sight({2, 2'000});
    EXPECT_THAT(sight.next({code("ITF", "misread")}, {0}), IsEmpty());
    EXPECT_THAT(sight.next({}, {500}), IsEmpty());
    EXPECT_THAT(sight.next({code("ITF", "misread")}, {1'000}), IsEmpty()) << "not in a row";
}

TEST(SightFilter, TheSameCodeCountsAgainAfterItWasAway) {
    SightFilter sight({1, 2'000});
    EXPECT_EQ(sight.next({code("QRCode", "Q")}, {0}).size(), 1u);
    EXPECT_EQ(sight.next({}, {1'000}).size(), 0u);
    EXPECT_EQ(sight.next({code("QRCode", "Q")}, {1'900}).size(), 0u) << "a picture without it";
    EXPECT_EQ(sight.next({}, {3'950}).size(), 0u);
    EXPECT_EQ(sight.next({code("QRCode", "Q")}, {4'000}).size(), 1u);
}

class CameraTest : public scanner::ScannerFixture {
 protected:
    CameraTest()
        : folder(fs::path(::testing::TempDir()) / ("camera-" + std::to_string(::getpid()))) {
        fs::create_directories(folder);
        PoolOptions options;
        options.program = KEMAS_DECODE;
        options.time_limit_ms = 30'000;
        pool = std::make_unique<DecoderPool>(loop.get_executor(), options);
    }
    ~CameraTest() override { fs::remove_all(folder); }
    CameraOptions camera() {
        CameraOptions given;
        given.name = "eye";
        given.epoch = "e7";
        given.poll_ms = 20;
        given.log = [this](std::string_view event, const std::string&) { log.emplace_back(event); };
        return given;
    }
    void put(const char* name, const std::string& bytes) {
        std::ofstream(folder / name, std::ios::binary) << bytes;
    }
    static Canvas page(const std::string& text) {
        Canvas canvas(480, 320);
        draw(canvas, 58, text, 60, 60, 4);
        return canvas;
    }
    fs::path folder;
    std::unique_ptr<DecoderPool> pool;
};

TEST_F(CameraTest, PicturesPutIntoAFolderAreReadAndRemoved) {
    auto given = camera();
    given.folder = folder.string();
    CameraScanner eye(loop.get_executor(), *pool, given);
    eye.start(collect());
    put("1.png", png_of(page("FIRST")));
    until_lines(1);
    put("2.jpg", jpeg_of(page("SECOND")));
    put("3.jpg", "no picture at all");
    put(".hidden", png_of(page("HIDDEN")));
    until([&] { return eye.counts().failed == 1 && lines.size() == 2; });
    EXPECT_THAT(eye.live(),
                ::testing::Contains(::testing::Pair("unreadable pictures", "1")));
    EXPECT_THAT(texts(), ElementsAre("]Q1FIRST", "]Q1SECOND"));
    EXPECT_EQ(lines[0].key, "eye:e7:1");
    until([&] { return !fs::exists(folder / "2.jpg") && !fs::exists(folder / "3.jpg"); });
    EXPECT_TRUE(eye.health().up) << "one bad picture is no broken camera";
    EXPECT_THAT(log, ElementsAre("scanner.up", "scanner.picture"));
    eye.stop();
    pool->stop();
    drain();
}

TEST_F(CameraTest, APictureThatStillGrowsWaits) {
    PictureFolder eye(folder.string());
    put("a.png", "half");
    EXPECT_EQ(*eye.take(), "");
    put("a.png", "half and half");
    EXPECT_EQ(*eye.take(), "");
    EXPECT_EQ(*eye.take(), "half and half");
    EXPECT_EQ(*eye.take(), "");
}

TEST_F(CameraTest, AMissingFolderIsANamedFault) {
    auto given = camera();
    given.folder = (folder / "none").string();
    CameraScanner eye(loop.get_executor(), *pool, given);
    eye.start(collect());
    run_ms(100);
    EXPECT_FALSE(eye.health().up);
    EXPECT_THAT(eye.health().error, HasSubstr("cannot read " + given.folder));
    EXPECT_THAT(log, ElementsAre("scanner.down"));
}

// One answer to each connection; the last stands for all that follow.
struct SnapshotServer {
    explicit SnapshotServer(boost::asio::io_context& loop)
        : acceptor(loop, {boost::asio::ip::make_address("127.0.0.1"), 0}) {
        accept();
    }
    void accept() {
        acceptor.async_accept([this](boost::system::error_code ec, tcp::socket socket) {
            if (ec) return;
            socket.non_blocking(false);
            asked.clear();
            auto head = boost::asio::dynamic_buffer(asked);
            boost::asio::read_until(socket, head, "\r\n\r\n", ec);
            boost::asio::write(socket, boost::asio::buffer(answer), ec);
            ++served;
            if (open) accept();
        });
    }
    static std::string ok(const std::string& body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    std::uint16_t port() const { return acceptor.local_endpoint().port(); }
    tcp::acceptor acceptor;
    std::string answer, asked;
    int served = 0;
    bool open = true;
};

TEST_F(CameraTest, SnapshotsShowACodeOnceAndACameraThatFailsIsToldOnce) {
    SnapshotServer server(loop);
    server.answer = SnapshotServer::ok(jpeg_of(page("BOX-1")));
    auto given = camera();
    given.host = "127.0.0.1";
    given.port = server.port();
    given.path = "/snap.jpg";
    given.authorization = "Basic a2VtYXM6";
    given.sight.absent_ms = 60'000;
    CameraScanner eye(loop.get_executor(), *pool, given);
    eye.start(collect());
    until_lines(1);
    EXPECT_THAT(server.asked, HasSubstr("GET /snap.jpg HTTP/1.1\r\n"));
    EXPECT_THAT(server.asked, HasSubstr("Authorization: Basic a2VtYXM6\r\n"));
    const int seen = server.served;
    until([&] { return server.served > seen + 3; });
    EXPECT_THAT(texts(), ElementsAre("]Q1BOX-1")) << "it still lies there";
    server.answer = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";
    until([&] { return !eye.health().up; });
    EXPECT_THAT(eye.health().error, HasSubstr("/snap.jpg (it answered 503)"));
    server.answer = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n";
    const int then = server.served;
    until([&] { return server.served > then + 2; });
    server.answer = SnapshotServer::ok(png_of(page("BOX-2")));
    until_lines(2);
    EXPECT_THAT(log, ElementsAre("scanner.up", "scanner.down", "scanner.up"));
    server.open = false;
    server.acceptor.close();
    eye.stop();
    pool->stop();
    drain();
}

}  // namespace
}  // namespace kemas::camera
