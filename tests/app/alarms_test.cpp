// Which troubles of devices are alarms, and when they end.
#include "app/alarms.hpp"

#include <gtest/gtest.h>

namespace kemas::app {
namespace {

DeviceHealth device(bool up, const std::string& state, const std::string& error = {}) {
    DeviceHealth health;
    health.name = "printer-1";
    health.kind = "printer";
    health.up = up;
    health.state = state;
    health.error = error;
    return health;
}

TEST(Alarms, RaisesWhatLastsOnceAndClearsItOnce) {
    Alarms alarms;
    const auto open = device(false, "head-open", "close the head");
    EXPECT_TRUE(alarms.look({open}, {1'000}).raised.empty());
    EXPECT_TRUE(alarms.look({open}, {2'999}).raised.empty());
    const auto raised = alarms.look({open}, {3'000}).raised;
    ASSERT_EQ(raised.size(), 1u);
    EXPECT_EQ(raised[0].what, "head-open");
    EXPECT_EQ(raised[0].text, "close the head");
    EXPECT_EQ(raised[0].since.value, 1'000);
    EXPECT_TRUE(alarms.look({open}, {9'000}).raised.empty());
    const auto cleared = alarms.look({device(true, "ready")}, {9'500}).cleared;
    ASSERT_EQ(cleared.size(), 1u);
    EXPECT_EQ(cleared[0].cleared.value, 9'500);
    EXPECT_TRUE(alarms.board().raised.empty());
    ASSERT_EQ(alarms.board().cleared.size(), 1u);
    EXPECT_EQ(alarms.board().cleared[0].what, "head-open");
}

TEST(Alarms, AShortTroubleIsNone) {
    Alarms alarms;
    alarms.look({device(false, "paper-out")}, {0});
    alarms.look({device(true, "ready")}, {1'500});
    alarms.look({device(false, "paper-out")}, {1'700});
    EXPECT_TRUE(alarms.look({device(false, "paper-out")}, {3'600}).raised.empty());
    EXPECT_TRUE(alarms.board().cleared.empty()) << "what was never raised is not cleared";
}

TEST(Alarms, ALineThatComesAndGoesIsOneTrouble) {
    Alarms alarms;
    alarms.look({device(false, "connecting")}, {0});
    EXPECT_EQ(alarms.look({device(false, "offline", "no route")}, {2'000}).raised.size(), 1u);
    EXPECT_TRUE(alarms.look({device(false, "connecting", "no answer")}, {5'000}).cleared.empty());
    EXPECT_EQ(alarms.board().raised[0].text, "no answer") << "the newest reason is shown";
}

TEST(Alarms, AWorkingDeviceMayNeedAttention) {
    Alarms alarms;
    auto scale = device(true, "ready");
    scale.alarm = "calibration was due";
    alarms.look({scale}, {0});
    const auto raised = alarms.look({scale}, {2'000}).raised;
    ASSERT_EQ(raised.size(), 1u);
    EXPECT_EQ(raised[0].what, "attention");
}

TEST(Alarms, APrinterNobodyAskedYetIsNoTroubleAndADeviceThatIsGoneNeither) {
    Alarms alarms;
    alarms.look({device(false, "idle")}, {0});
    EXPECT_TRUE(alarms.look({device(false, "idle")}, {60'000}).raised.empty());
    alarms.look({device(false, "frozen")}, {60'000});
    alarms.look({device(false, "frozen")}, {62'000});
    EXPECT_EQ(alarms.look({}, {62'100}).cleared.size(), 1u);
}

}  // namespace
}  // namespace kemas::app
