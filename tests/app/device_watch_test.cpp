// Which devices are news since the last look.
#include "app/device_watch.hpp"

#include <gtest/gtest.h>

namespace kemas::app {
namespace {

DeviceHealth health(bool up, const std::string& state) {
    DeviceHealth device;
    device.name = "scale-1";
    device.kind = "scale";
    device.up = up;
    device.state = state;
    device.error = "no answer for 2 s: look at its cable";
    return device;
}

TEST(DeviceWatch, TellsEachDeviceOnceAndThenOnlyWhatChanged) {
    DeviceWatch watch;
    EXPECT_EQ(watch.look({health(false, "connecting")}).size(), 1u);
    EXPECT_TRUE(watch.look({health(false, "connecting")}).empty());
    const auto up = watch.look({health(true, "ready")});
    ASSERT_EQ(up.size(), 1u);
    EXPECT_TRUE(up[0].up);
    EXPECT_EQ(up[0].error, "") << "an old error is no news of a device that works";
    EXPECT_TRUE(watch.look({health(true, "overload")}).empty());
    const auto down = watch.look({health(false, "silent")});
    ASSERT_EQ(down.size(), 1u);
    EXPECT_EQ(down[0].error, "no answer for 2 s: look at its cable");
}

TEST(DeviceWatch, KnowsAPrinterFromAScaleOfTheSameName) {
    DeviceWatch watch;
    auto printer = health(true, "ready");
    printer.kind = "printer";
    EXPECT_EQ(watch.look({health(true, "ready"), printer}).size(), 2u);
}

}  // namespace
}  // namespace kemas::app
