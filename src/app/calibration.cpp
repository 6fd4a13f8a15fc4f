#include "app/calibration.hpp"

#include <charconv>
#include <chrono>
#include <utility>

namespace kemas::app {
namespace {

int number(const std::string& text, std::size_t from, std::size_t digits) {
    int value = 0;
    std::from_chars(text.data() + from, text.data() + from + digits, value);
    return value;
}

class CalibratedScale : public Scale {
 public:
    CalibratedScale(std::unique_ptr<Scale> scale, Calibration calibration,
                    std::function<Instant()> clock)
        : scale_(std::move(scale)),
          calibration_(std::move(calibration)),
          clock_(std::move(clock)) {}

    void start(OnScaleEvent on_event) override {
        scale_->start([this, on_event = std::move(on_event)](ScaleEvent event) {
            if (const auto* settled = std::get_if<ScaleSettled>(&event); settled && refuses()) {
                refused_ = settled->settling;
                return on_event(ScaleFaulted{sentence()});
            }
            const auto* disturbed = std::get_if<ScaleDisturbed>(&event);
            if (disturbed && disturbed->settling == refused_) return;  // it never settled
            on_event(std::move(event));
        });
    }
    void stop() override { scale_->stop(); }
    DeviceHealth health() const override {
        DeviceHealth health = scale_->health();
        if (!over()) return health;
        health.alarm = sentence();
        if (calibration_.refuse && health.up) {
            health.up = false;
            health.state = "uncalibrated";
            health.error = health.alarm;
        }
        return health;
    }
    LiveFacts live() const override { return scale_->live(); }
    std::optional<ScaleNow> now() const override { return scale_->now(); }
    void command(ScaleCommand what, OnScaleCommand done) override {
        scale_->command(what, std::move(done));
    }

 private:
    bool over() const { return clock_() >= calibration_.ends; }
    bool refuses() const { return calibration_.refuse && over(); }
    std::string sentence() const {
        return "calibration was due on " + calibration_.due +
               ": have the scale calibrated, then set calibration_due in the site file";
    }

    std::unique_ptr<Scale> scale_;
    Calibration calibration_;
    std::function<Instant()> clock_;
    std::uint64_t refused_ = 0;
};

}  // namespace

Instant end_of_day(const std::string& date, int utc_offset_minutes) {
    namespace chrono = std::chrono;
    const chrono::year_month_day day{chrono::year(number(date, 0, 4)),
                                     chrono::month(static_cast<unsigned>(number(date, 5, 2))),
                                     chrono::day(static_cast<unsigned>(number(date, 8, 2)))};
    const auto next = chrono::sys_days(day) + chrono::days(1) - chrono::minutes(utc_offset_minutes);
    return {chrono::duration_cast<chrono::milliseconds>(next.time_since_epoch()).count()};
}

std::unique_ptr<Scale> calibrated(std::unique_ptr<Scale> scale, Calibration calibration,
                                  std::function<Instant()> clock) {
    return std::make_unique<CalibratedScale>(std::move(scale), std::move(calibration),
                                             std::move(clock));
}

}  // namespace kemas::app
