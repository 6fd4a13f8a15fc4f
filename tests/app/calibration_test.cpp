#include "app/calibration.hpp"

#include <gmock/gmock.h>

namespace kemas::app {
namespace {

using ::testing::HasSubstr;

class FakeScale : public Scale {
 public:
    explicit FakeScale(OnScaleEvent** say) : say_(say) {}
    void start(OnScaleEvent on_event) override {
        on_event_ = std::move(on_event);
        *say_ = &on_event_;
    }
    void stop() override {}
    DeviceHealth health() const override {
        DeviceHealth health;
        health.up = true;
        health.state = "ready";
        return health;
    }

 private:
    OnScaleEvent** say_;
    OnScaleEvent on_event_;
};

struct Calibrated : ::testing::Test {
    Instant now{0};
    OnScaleEvent* say = nullptr;
    std::vector<ScaleEvent> heard;
    std::unique_ptr<Scale> scale;
    void make(bool refuse) {
        const Calibration until{"2027-01-31", end_of_day("2027-01-31", 7 * 60), refuse};
        scale = calibrated(std::make_unique<FakeScale>(&say), until, [this] { return now; });
        scale->start([this](const ScaleEvent& event) { heard.push_back(event); });
    }
    void weigh(std::uint64_t n) {
        (*say)(ScaleSettled{n, grams(500), grams(5), ""});
        (*say)(ScaleDisturbed{n});
    }
    // 2027-01-31 in Jakarta ends at 17:00 UTC.
    static constexpr Instant last_moment{1'801'414'799'999}, next_moment{1'801'414'800'000};
};

TEST_F(Calibrated, TheLastDayIsTheSitesOwn) {
    EXPECT_EQ(end_of_day("2027-01-31", 7 * 60), next_moment);
    EXPECT_EQ(end_of_day("1970-01-01", 0), Instant{86'400'000});
}

TEST_F(Calibrated, WarnsFromTheDayAfterAndWeighsOn) {
    make(false);
    now = last_moment;
    EXPECT_EQ(scale->health().alarm, "");
    now = next_moment;
    EXPECT_THAT(scale->health().alarm, HasSubstr("calibration was due on 2027-01-31"));
    EXPECT_TRUE(scale->health().up);
    weigh(1);
    EXPECT_EQ(heard.size(), 2u);
    EXPECT_TRUE(std::holds_alternative<ScaleSettled>(heard[0]));
}

TEST_F(Calibrated, RefusesFromTheDayAfterAndSaysWhatToDo) {
    make(true);
    now = last_moment;
    weigh(1);
    EXPECT_EQ(heard.size(), 2u);
    now = next_moment;
    weigh(2);
    ASSERT_EQ(heard.size(), 3u) << "a load that never settled is not disturbed";
    const auto* fault = std::get_if<ScaleFaulted>(&heard[2]);
    ASSERT_NE(fault, nullptr);
    EXPECT_THAT(fault->why, HasSubstr("have the scale calibrated"));
    EXPECT_FALSE(scale->health().up);
    EXPECT_EQ(scale->health().state, "uncalibrated");
    now = last_moment;  // calibrated anew: the setting has another date
    EXPECT_TRUE(scale->health().up);
}

}  // namespace
}  // namespace kemas::app
