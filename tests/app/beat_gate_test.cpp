// The PLC hears that we live only while somebody decides.
#include "app/beat_gate.hpp"

#include <gtest/gtest.h>

namespace kemas::app {
namespace {

struct Beaten : Conveyor {
    explicit Beaten(int& beats_) : beats(beats_) {}
    void start(ConveyorEvents) override {}
    void stop() override {}
    DeviceHealth health() const override { return {}; }
    void divert(const line::WriteDivert&) override {}
    void beat() override { ++beats; }
    void clear_jam(const std::string&, OnJamCleared) override {}
    int& beats;
};

TEST(BeatGate, BeatsNoMoreWhileTheBooksStandStillAndNudgesThemOnce) {
    using std::chrono::milliseconds;
    int beats = 0, nudges = 0;
    std::uint64_t moved = 0;
    BeatGate::Clock::time_point now{};
    BeatGate gate(std::make_unique<Beaten>(beats), {[&] { ++nudges; }, [&] { return moved; }},
                  [&] { return now; });
    const auto wait = [&](int times) {
        for (int i = 0; i < times; ++i) {
            now += milliseconds(200);
            gate.beat();
        }
    };
    gate.beat();
    EXPECT_EQ(beats, 1);
    wait(7);  // 1.4 s: a slow disk
    EXPECT_EQ(beats, 8);
    wait(10);
    EXPECT_EQ(beats, 8);
    EXPECT_EQ(nudges, 1);
    ++moved;
    wait(1);
    EXPECT_EQ(beats, 9);
    EXPECT_EQ(nudges, 2);
}

}  // namespace
}  // namespace kemas::app
