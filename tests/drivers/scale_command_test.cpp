// Zero and tare of scales that speak frames: what proves them, and what does not.
#include "drivers/scale/frame_command.hpp"
#include "tests/drivers/peers/text_pan.hpp"
#include "tests/drivers/text_scale_fixture.hpp"

namespace kemas::scale {
namespace {

using kemas::test::PtyPeer;
using profile::ScaleProtocol;
using std::chrono::milliseconds;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Pair;
using enum ScaleCommand;

class ScaleCommandTest : public kemas::test::TextScaleTest {
 protected:
    ScaleCommandTest() {
        profile.zero = "MZ\r\n";
        profile.tare = "MT\r\n";
        profile.clear_tare = "CT\r\n";
        profile.command_ms = 400;
    }
    void speak_sics() {
        profile.protocol = ScaleProtocol::mt_sics;
        profile.zero = "Z\r\n";
        profile.tare = "T\r\n";
        profile.clear_tare = "TAC\r\n";
    }
};

TEST_F(ScaleCommandTest, ZeroIsDoneWhenTheDisplayShowsIt) {
    pan.g = 400;
    hear_first();
    EXPECT_EQ(ask(zero), "done");
    EXPECT_EQ(pan.g, 0);
    EXPECT_EQ(pan.commands, 1);
}

TEST_F(ScaleCommandTest, TareIsDoneWhenTheDisplayShowsNetZeroAndClearsAgain) {
    pan.g = 400;
    hear_first();
    EXPECT_EQ(ask(tare), "done");
    EXPECT_EQ(pan.tare_g, 400);
    EXPECT_EQ(scale->health().state, "net_shown") << "nothing is weighed with a tare held";
    EXPECT_EQ(ask(clear_tare), "done");
    EXPECT_EQ(pan.tare_g, 0);
    run_until([&] { return scale->health().up; });
    EXPECT_EQ(scale->health().state, "ready");
}

TEST_F(ScaleCommandTest, AReceiptIsNoProof) {
    pan.g = 400;
    pan.ignores = true;
    hear_first();
    EXPECT_THAT(ask(zero), HasSubstr("look at its display"));
    EXPECT_EQ(pan.commands, 1) << "never sent twice";
    EXPECT_TRUE(scale->health().up);
}

TEST_F(ScaleCommandTest, ARefusalIsToldWithTheNextStep) {
    pan.g = 400;
    pan.refuses = true;
    hear_first();
    EXPECT_THAT(ask(zero), HasSubstr("wait until it is at rest"));
}

TEST_F(ScaleCommandTest, NothingIsSentInMotionOrWithoutASourceOrBeforeTheScaleIsThere) {
    pan.g = 400;
    profile.clear_tare.clear();
    plug_in();
    EXPECT_THAT(ask(zero), HasSubstr("not connected"));
    run_until(1);
    pan.moves = true;
    run_until([&] { return scale->now()->quality == ScaleNow::Quality::moving; });
    EXPECT_THAT(ask(zero), HasSubstr("in motion"));
    EXPECT_THAT(ask(clear_tare), HasSubstr("documents no clear tare"));
    EXPECT_EQ(pan.commands, 0);
}

TEST_F(ScaleCommandTest, OneAtATimeAndALostScaleEndsItUnknown) {
    pan.g = 400;
    pan.ignores = true;
    auto peer = std::make_unique<PtyPeer>(pan.continuous());
    profile.command_ms = 8'000;
    start(peer->path());
    run_until(1);
    std::string first, second;
    scale->command(zero, [&](Result<void> done) { first = done ? "done" : done.error().what; });
    scale->command(zero, [&](Result<void> done) { second = done ? "done" : done.error().what; });
    EXPECT_THAT(second, HasSubstr("under way"));
    run_until([&] { return pan.commands == 1; });
    peer.reset();
    run_until([&] { return !first.empty(); });
    EXPECT_THAT(first, HasSubstr("was lost: look at its display"));
}

TEST_F(ScaleCommandTest, SicsSaysItself) {
    speak_sics();
    pan.g = 400;
    PtyPeer peer(pan.sics());
    start(peer.path());
    run_until(1);
    EXPECT_EQ(ask(tare), "done");
    EXPECT_EQ(pan.tare_g, 400);
    run_until([&] { return scale->health().state == "net_shown"; });
    EXPECT_THAT(scale->live(), Contains(Pair("tared", "yes")));
    EXPECT_EQ(ask(clear_tare), "done");
    EXPECT_EQ(ask(zero), "done");
    EXPECT_EQ(pan.g, 0);
    pan.refuses = true;
    EXPECT_THAT(ask(zero), HasSubstr("refuses now"));
}

TEST_F(ScaleCommandTest, AScaleThatDawdlesIsBusyNotSilentAndItsReadingsAreVoid) {
    speak_sics();
    profile.command_ms = 8'000;
    profile.max_age_ms = 600;  // a busy machine is not a silent scale
    pan.g = 400;
    pan.dawdles_ms = 1'500;
    PtyPeer peer(pan.sics());
    start(peer.path());
    run_until(1);
    EXPECT_EQ(ask(zero), "done");
    EXPECT_THAT(event<ScaleFaulted>(1).why, HasSubstr("carries out a command (zero)"));
    run_until([&] { return scale->health().up; });
    EXPECT_EQ(scale->health().state, "ready");
}

TEST_F(ScaleCommandTest, TheLiveViewShowsTheFrameAndCounts) {
    pan.g = 1235;
    hear_first();
    EXPECT_THAT(scale->live(), Contains(Pair("frame", "ST,GS,+001.235kg")));
    EXPECT_THAT(scale->live(), Contains(Pair("connections", "1")));
}

// What single frames say, by protocol: '+' done, '!' refused, ' ' nothing.
char says(ScaleProtocol protocol, ScaleCommand what, std::string_view frame) {
    profile::TextScaleProfile profile;
    profile.protocol = protocol;
    profile::SiteFacts site;
    site.unit = profile::Unit::kg;
    const auto answer = answer_to(profile, site, what, frame);
    using Kind = CommandAnswer::Kind;
    return answer.kind == Kind::done ? '+' : answer.kind == Kind::refused ? '!' : ' ';
}

TEST(FrameCommandTest, EachProtocolHasItsOwnProof) {
    using enum ScaleProtocol;
    EXPECT_EQ(says(mt_sics, zero, "Z A"), '+');
    EXPECT_EQ(says(mt_sics, zero, "Z +"), '!');
    EXPECT_EQ(says(mt_sics, zero, "T S  1.0 g"), ' ') << "the answer to another command";
    EXPECT_EQ(says(mt_sics, tare, "T S     100.00 g"), '+');
    EXPECT_EQ(says(mt_sics, tare, "TAC A"), ' ');
    EXPECT_EQ(says(mt_sics, clear_tare, "TAC A"), '+');
    EXPECT_EQ(says(mt_sics, clear_tare, "ES"), '!');
    EXPECT_EQ(says(dini, zero, "OK"), ' ') << "received, not done";
    EXPECT_EQ(says(dini, zero, "01ERR03"), '!');
    EXPECT_EQ(says(dini, zero, "ST,GS,   0.000,kg"), '+');
    EXPECT_EQ(says(dini, zero, "US,GS,   0.000,kg"), ' ');
    EXPECT_EQ(says(dini, tare, "ST,NT,   0.000,kg"), '+');
    EXPECT_EQ(says(cas, zero, "01MZ"), ' ');
    EXPECT_EQ(says(cas, zero, "!"), '!');
    EXPECT_EQ(says(cas, tare, "ST,NT,1\xE2,   0.000 kg"), '+');
    EXPECT_EQ(says(and_standard, tare, "?"), '!');
    EXPECT_EQ(says(and_standard, clear_tare, "ST,GS,+0012.34kg"), '+');
    EXPECT_EQ(says(toledo_continuous, zero, "\x02=0      0     0\r"), '+');
    EXPECT_EQ(says(toledo_continuous, zero, "\x02=8      0     0\r"), ' ') << "in motion";
    EXPECT_EQ(says(toledo_continuous, tare, "\x02=1      0  1000\r"), '+');
    EXPECT_EQ(says(toledo_continuous, tare, "\x02=1     20  1000\r"), ' ');
    EXPECT_EQ(says(toledo_continuous, clear_tare, "\x02=0  12345     0\r"), '+');
}

}  // namespace
}  // namespace kemas::scale
