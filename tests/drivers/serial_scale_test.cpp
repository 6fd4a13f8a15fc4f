// A scale that speaks text, on a pseudo-terminal and behind TCP.
#include "drivers/scale/serial_scale.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "tests/drivers/peers/text_pan.hpp"
#include "tests/drivers/text_scale_fixture.hpp"

namespace kemas::scale {
namespace {

namespace asio = boost::asio;
using kemas::test::PtyPeer;
using profile::ScaleProtocol;
using std::chrono::milliseconds;
using ::testing::HasSubstr;

using SerialScaleTest = kemas::test::TextScaleTest;

TEST_F(SerialScaleTest, SettlesOnceForEachLoad) {
    pan.g = 1235;
    hear_first();
    EXPECT_EQ(event<ScaleSettled>(0).gross, grams(1235));
    EXPECT_EQ(event<ScaleSettled>(0).division, grams(5));
    EXPECT_THAT(event<ScaleSettled>(0).raw, HasSubstr("ST,GS,+001.235kg = 1235000 mg"));
    EXPECT_EQ(scale->health().state, "ready");
    run_for(milliseconds(60));
    EXPECT_EQ(events.size(), 1u) << "one lying parcel settles once";
    pan.g = 0;
    run_until(2);
    EXPECT_EQ(event<ScaleDisturbed>(1).settling, 1u);
    pan.g = 1235;
    run_until(3);
    EXPECT_EQ(event<ScaleSettled>(2).settling, 2u);
    EXPECT_EQ(log.size(), 1u);
}

TEST_F(SerialScaleTest, DoesNotSettleWhileTheScaleMoves) {
    pan.g = 1235;
    pan.moves = true;
    plug_in();
    run_for(milliseconds(100));
    EXPECT_TRUE(events.empty());
    pan.moves = false;
    run_until(1);
    event<ScaleSettled>(0);
}

TEST_F(SerialScaleTest, SilenceIsAFaultToldOnceAndEndsByItself) {
    pan.g = 1235;
    hear_first();
    pan.silent = true;
    run_until(2);
    EXPECT_THAT(event<ScaleFaulted>(1).why, HasSubstr("has said nothing for 150 ms"));
    EXPECT_EQ(scale->health().state, "silent");
    EXPECT_FALSE(scale->health().up);
    run_for(milliseconds(500));
    EXPECT_EQ(events.size(), 2u) << "once";
    pan.silent = false;
    run_until(3);
    EXPECT_EQ(event<ScaleSettled>(2).settling, 2u) << "what lies there settles anew";
    EXPECT_EQ(log.size(), 3u);
}

TEST_F(SerialScaleTest, NoiseIsNeverAWeightAndIsNamed) {
    pan.garbled = true;
    hear_first();
    EXPECT_THAT(event<ScaleFaulted>(0).why, HasSubstr("check protocol, baud and parity"));
    EXPECT_THAT(event<ScaleFaulted>(0).why, HasSubstr("<0x93>"));
    EXPECT_EQ(scale->health().state, "garbled");
}

TEST_F(SerialScaleTest, UnpluggingVoidsTheLoadAndPluggingInEndsIt) {
    const std::string link = ::testing::TempDir() + "kemas-scale-" + std::to_string(getpid());
    ::unlink(link.c_str());
    pan.g = 1235;
    auto peer = std::make_unique<PtyPeer>(pan.continuous());
    ASSERT_EQ(::symlink(peer->path().c_str(), link.c_str()), 0);
    start(link);
    run_until(1);
    ::unlink(link.c_str());
    peer.reset();
    run_until(2);
    EXPECT_THAT(event<ScaleFaulted>(1).why, HasSubstr("is lost"));
    EXPECT_EQ(scale->health().state, "offline");
    PtyPeer again(pan.continuous());
    ASSERT_EQ(::symlink(again.path().c_str(), link.c_str()), 0);
    const std::size_t before = events.size();
    run_until(before + 1);
    while (std::holds_alternative<ScaleFaulted>(events.back())) run_until(events.size() + 1);
    EXPECT_EQ(event<ScaleSettled>(events.size() - 1).settling, 2u);
    ::unlink(link.c_str());
}

TEST_F(SerialScaleTest, AsksAScaleThatOnlyAnswers) {
    profile.protocol = ScaleProtocol::mt_sics;
    pan.g = 1235;
    PtyPeer peer(pan.sics());
    start(peer.path());
    run_until(1);
    EXPECT_EQ(event<ScaleSettled>(0).gross, grams(1235));
    pan.g = 0;
    run_until(2);
    event<ScaleDisturbed>(1);
}

TEST_F(SerialScaleTest, ATareSetAtTheScaleVoidsTheLoadUntilItIsCleared) {
    profile.protocol = ScaleProtocol::mt_sics;
    pan.g = 1235;
    PtyPeer peer(pan.sics());
    start(peer.path());
    run_until(1);
    pan.tare_g = 400;
    std::size_t seen = 1;
    while (!std::holds_alternative<ScaleFaulted>(events.back())) run_until(++seen);
    EXPECT_THAT(std::get<ScaleFaulted>(events.back()).why, HasSubstr("clear its tare"));
    const std::size_t faulted = events.size();
    run_for(milliseconds(150));
    EXPECT_EQ(events.size(), faulted) << "told once; 835 g never settles";
    pan.tare_g = 0;
    run_until(faulted + 1);
    EXPECT_EQ(event<ScaleSettled>(faulted).gross, grams(1235));
}

TEST_F(SerialScaleTest, AScaleThatCannotTellItsTareIsBelievedOnlyByTheSite) {
    profile.protocol = ScaleProtocol::mt_sics;
    pan.g = 1235;
    pan.knows_tare = false;
    PtyPeer peer(pan.sics());
    start(peer.path());
    run_until(1);
    EXPECT_THAT(event<ScaleFaulted>(0).why, HasSubstr("set tare = \"never\""));
    scale->stop();
    options.ask_tare = false;
    events.clear();
    run_for(milliseconds(50));  // the first one lets go of the line
    start(peer.path());
    run_until(1);
    EXPECT_EQ(event<ScaleSettled>(0).gross, grams(1235));
}

TEST_F(SerialScaleTest, TheSameOverTcpAndAClosedPortIsNamed) {
    asio::io_context server;
    asio::ip::tcp::acceptor acceptor(server, {asio::ip::address_v4::loopback(), 0});
    options.host = "127.0.0.1";
    options.port = acceptor.local_endpoint().port();
    std::atomic<bool> over = false;
    std::thread peer([&] {
        auto socket = acceptor.accept();
        boost::system::error_code error;
        while (!error && !over) {
            const std::string line = "ST,GS,+001.235kg\r\n";
            socket.write_some(asio::buffer(line), error);
            std::this_thread::sleep_for(milliseconds(5));
        }
        acceptor.close();
    });
    start();
    run_until(1);
    EXPECT_EQ(event<ScaleSettled>(0).gross, grams(1235));
    over = true;
    peer.join();
    run_until(2);
    EXPECT_THAT(event<ScaleFaulted>(1).why, HasSubstr("the scale at 127.0.0.1:"));
    EXPECT_EQ(scale->health().state, "offline");
}

TEST_F(SerialScaleTest, AUsbScaleSendsReports) {
    profile.protocol = ScaleProtocol::hid_pos;
    PtyPeer peer([](PtyPeer& self) {
        while (!self.over()) {
            self.say(std::string("\x03\x04\x02\x00\xD2\x04", 6));
            std::this_thread::sleep_for(milliseconds(5));
        }
    });
    start(peer.path());
    run_until(1);
    EXPECT_EQ(event<ScaleSettled>(0).gross, grams(1234));
}

TEST_F(SerialScaleTest, AScaleWithoutADivisionIsRefusedAtTheStart) {
    profile.protocol = ScaleProtocol::hid_pos;
    options.site.division.reset();
    start("/dev/hidraw-not-there");
    EXPECT_THAT(event<ScaleFaulted>(0).why, HasSubstr("add division"));
    EXPECT_EQ(scale->health().state, "unusable");
}

}  // namespace
}  // namespace kemas::scale
