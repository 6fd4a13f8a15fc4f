// A scale that speaks text, on a pseudo-terminal and behind TCP.
#include "drivers/scale/serial_scale.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "tests/drivers/peers/pty_peer.hpp"

namespace kemas::scale {
namespace {

namespace asio = boost::asio;
using kemas::test::PtyPeer;
using profile::ScaleProtocol;
using std::chrono::milliseconds;
using ::testing::HasSubstr;

// What lies on the scale, written by the test, read by the peer's thread.
struct Pan {
    std::atomic<int> g = 0, tare_g = 0;
    std::atomic<bool> moves = false, silent = false, garbled = false, knows_tare = true;

    // "ST,GS,+0012.34kg" every 5 ms.
    PtyPeer::Script continuous() {
        return [this](PtyPeer& peer) {
            while (!peer.over()) {
                char line[64];
                std::snprintf(line, sizeof line, "%s,GS,+%07.3fkg\r\n", moves ? "US" : "ST",
                              g / 1000.0);
                if (!silent) peer.say(garbled ? "\x93\x8a\xff?\r\n" : line);
                std::this_thread::sleep_for(milliseconds(5));
            }
        };
    }
    // Answers SI and TA.
    PtyPeer::Script sics() {
        return [this](PtyPeer& peer) {
            std::string got;
            while (!peer.over()) {
                got += peer.hear();
                const auto end = got.find("\r\n");
                if (end == std::string::npos || silent) continue;
                const std::string question = got.substr(0, end);
                got.erase(0, end + 2);
                char line[64];
                if (question == "TA" && knows_tare)
                    std::snprintf(line, sizeof line, "TA A %9d g\r\n", tare_g.load());
                else if (question == "SI")
                    std::snprintf(line, sizeof line, "S %c %9d g\r\n", moves ? 'D' : 'S',
                                  g - tare_g);
                else
                    std::snprintf(line, sizeof line, "ES\r\n");
                peer.say(line);
            }
        };
    }
};

class SerialScaleTest : public ::testing::Test {
 protected:
    SerialScaleTest() {
        profile.protocol = ScaleProtocol::and_standard;
        profile.period_ms = 20;
        profile.max_age_ms = 150;
        options.settle = {"bench 1 scale", 2, {0}};
        options.site.division = profile::Decimal{5, 0};
        options.site.unit = profile::Unit::g;
        options.log = [this](std::string_view event, const std::string& detail) {
            log.push_back(std::string(event) + " " + detail);
        };
    }
    void start(const std::string& device) {
        options.device = device;
        start();
    }
    void start() {
        if (profile.protocol == ScaleProtocol::and_standard)
            options.site.division = profile::Decimal{5, 3};
        scale = std::make_unique<SerialScale>(loop.get_executor(), profile, options);
        scale->start([this](const ScaleEvent& event) { events.push_back(event); });
    }
    void run_until(std::size_t count) {
        const auto last = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        loop.restart();
        while (events.size() < count && std::chrono::steady_clock::now() < last)
            loop.run_one_for(milliseconds(20));
        ASSERT_GE(events.size(), count);
    }
    void run_for(milliseconds span) {
        loop.restart();
        loop.run_for(span);
    }
    template <class T>
    T event(std::size_t i) {
        const T* found = i < events.size() ? std::get_if<T>(&events[i]) : nullptr;
        EXPECT_NE(found, nullptr) << "event " << i << " of " << events.size();
        return found ? *found : T{};
    }
    void TearDown() override {
        scale.reset();
        run_for(std::chrono::seconds(1));
    }

    asio::io_context loop;
    profile::TextScaleProfile profile;
    SerialScaleOptions options;
    std::vector<ScaleEvent> events;
    std::vector<std::string> log;
    std::unique_ptr<SerialScale> scale;
};

TEST_F(SerialScaleTest, SettlesOnceForEachLoad) {
    Pan pan;
    pan.g = 1235;
    PtyPeer peer(pan.continuous());
    start(peer.path());
    run_until(1);
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
    Pan pan;
    pan.g = 1235;
    pan.moves = true;
    PtyPeer peer(pan.continuous());
    start(peer.path());
    run_for(milliseconds(100));
    EXPECT_TRUE(events.empty());
    pan.moves = false;
    run_until(1);
    event<ScaleSettled>(0);
}

TEST_F(SerialScaleTest, SilenceIsAFaultToldOnceAndEndsByItself) {
    Pan pan;
    pan.g = 1235;
    PtyPeer peer(pan.continuous());
    start(peer.path());
    run_until(1);
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
    Pan pan;
    pan.garbled = true;
    PtyPeer peer(pan.continuous());
    start(peer.path());
    run_until(1);
    EXPECT_THAT(event<ScaleFaulted>(0).why, HasSubstr("check protocol, baud and parity"));
    EXPECT_THAT(event<ScaleFaulted>(0).why, HasSubstr("<0x93>"));
    EXPECT_EQ(scale->health().state, "garbled");
}

TEST_F(SerialScaleTest, UnpluggingVoidsTheLoadAndPluggingInEndsIt) {
    const std::string link = ::testing::TempDir() + "kemas-scale-" + std::to_string(getpid());
    ::unlink(link.c_str());
    Pan pan;
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
    Pan pan;
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
    Pan pan;
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
    Pan pan;
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
