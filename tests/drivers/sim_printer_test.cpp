#include <gtest/gtest.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "drivers/sim/zpl_printer.hpp"
#include "sim_support.hpp"

namespace kemas::sim {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

const std::string label = "^XA^FX kemas parcel=7 rev=1 tracking=JX99-1^FS^FO1,1^GB9,9^FS^XZ\n";

// Sends, half-closes and hears the printer out: what it said and how the connection ended.
struct Heard {
    std::string text;
    bool good_order = false;
};
asio::awaitable<Heard> send(tcp::endpoint to, std::string bytes) {
    const auto token = asio::as_tuple(asio::use_awaitable);
    tcp::socket socket(co_await asio::this_coro::executor);
    const auto [refused] = co_await socket.async_connect(to, token);
    if (refused) co_return Heard{"refused", false};
    const auto out = asio::buffer(bytes);
    co_await asio::async_write(socket, out, token);
    boost::system::error_code ignored;
    socket.shutdown(tcp::socket::shutdown_send, ignored);
    std::string said;
    auto in = asio::dynamic_buffer(said);
    const auto [error, n] = co_await asio::async_read(socket, in, token);
    co_return Heard{said, error == asio::error::eof};
}

struct Printer : testing::Test {
    asio::io_context loop{1};
    std::filesystem::path folder =
        std::filesystem::path(testing::TempDir()) / ("zpl-" + std::to_string(::getpid()));
    ZplPrinter::Options options = [this] {
        ZplPrinter::Options given;
        given.folder = folder.string();
        given.die_after = 10;
        return given;
    }();
    ZplPrinter printer{loop.get_executor(), options};
    tcp::endpoint where;
    void SetUp() override {
        ASSERT_TRUE(printer.start());
        where = {asio::ip::address_v4::loopback(), printer.port()};
    }
    void TearDown() override { std::filesystem::remove_all(folder); }
};

asio::awaitable<void> keeps(ZplPrinter& printer, tcp::endpoint where) {
    const auto heard = co_await send(where, label);
    EXPECT_TRUE(heard.good_order);
    EXPECT_EQ(printer.jobs().size(), 1u);
    if (printer.jobs().empty()) co_return;
    EXPECT_EQ(printer.jobs()[0].bytes, label);
    EXPECT_TRUE(printer.jobs()[0].whole);
    EXPECT_EQ(printer.jobs()[0].mark.parcel, "7");
    EXPECT_EQ(printer.jobs()[0].mark.revision, "1");
    EXPECT_EQ(printer.jobs()[0].mark.tracking, "JX99-1");
}
TEST_F(Printer, KeepsAJobByteForByteAndItsMark) {
    play(loop, keeps(printer, where));
    std::ifstream file(folder / "000001-JX99_1.zpl", std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    EXPECT_EQ(content.str(), label);
}

asio::awaitable<void> reports_twice(ZplPrinter& printer, tcp::endpoint where) {
    co_await send(where, label);
    EXPECT_TRUE(printer.duplicates().empty());
    co_await send(where, label);
    const std::vector<std::string> twice{"kemas parcel=7 rev=1 tracking=JX99-1"};
    EXPECT_EQ(printer.duplicates(), twice);
}
TEST_F(Printer, ReportsALabelThatCameTwice) {
    play(loop, reports_twice(printer, where));
}

asio::awaitable<void> tells_status(ZplPrinter& printer, tcp::endpoint where) {
    const auto heard = co_await send(where, "~HS\r\n");
    EXPECT_TRUE(
        heard.text.starts_with("\x02"
                               "030,0,0,"));
    EXPECT_EQ(std::count(heard.text.begin(), heard.text.end(), '\x03'), 3);
    EXPECT_TRUE(printer.jobs().empty());
    const auto both = co_await send(where, "~HS" + label);
    EXPECT_EQ(printer.jobs().size(), 1u);
    if (!printer.jobs().empty()) {
        EXPECT_EQ(printer.jobs()[0].bytes, label);
    }
}
TEST_F(Printer, AnswersItsStatusApartFromJobs) {
    play(loop, tells_status(printer, where));
}

asio::awaitable<void> dies(ZplPrinter& printer, tcp::endpoint where) {
    const auto set = printer.set_trouble(PrinterTrouble::die);
    EXPECT_TRUE(set);
    const auto heard = co_await send(where, label);
    EXPECT_FALSE(heard.good_order);
    EXPECT_EQ(printer.jobs().size(), 1u);
    if (!printer.jobs().empty()) {
        EXPECT_FALSE(printer.jobs()[0].whole);
    }
    EXPECT_TRUE(printer.duplicates().empty());
}
TEST_F(Printer, BreaksInTheMiddleWhenToldTo) {
    play(loop, dies(printer, where));
}

asio::awaitable<void> refuses(ZplPrinter& printer, tcp::endpoint where) {
    const auto off = printer.set_trouble(PrinterTrouble::refuse);
    EXPECT_TRUE(off);
    const auto heard = co_await send(where, label);
    EXPECT_EQ(heard.text, "refused");
    const auto on = printer.set_trouble(PrinterTrouble::none);
    EXPECT_TRUE(on);
    const auto again = co_await send(where, label);
    EXPECT_TRUE(again.good_order);
}
TEST_F(Printer, RefusesAndComesBackOnTheSamePort) {
    play(loop, refuses(printer, where));
}

asio::awaitable<void> hangs(ZplPrinter& printer, tcp::endpoint where) {
    const auto set = printer.set_trouble(PrinterTrouble::hang);
    EXPECT_TRUE(set);
    asio::co_spawn(co_await asio::this_coro::executor, send(where, label), asio::detached);
    co_await sleep_ms(60);
    EXPECT_TRUE(printer.jobs().empty());
    const auto cured = printer.set_trouble(PrinterTrouble::none);
    EXPECT_TRUE(cured);
    for (int i = 0; i < 100 && printer.jobs().empty(); ++i) co_await sleep_ms(5);
    EXPECT_EQ(printer.jobs().size(), 1u);
}
TEST_F(Printer, ReadsNothingWhileItHangs) {
    play(loop, hangs(printer, where));
}

}  // namespace
}  // namespace kemas::sim
