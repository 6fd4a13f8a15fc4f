// A conveyor whose heartbeat goes on only while the books' thread moves: a line that nobody can
// decide for must say so to its PLC. Knows no PLC.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "ports/conveyor.hpp"

namespace kemas::app {

// A thread to watch: `nudge` gives an idle one something to do, `beats` counts what it did.
struct Pulse {
    std::function<void()> nudge;
    std::function<std::uint64_t()> beats;
};

class BeatGate : public Conveyor {
 public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds kStandsStillAfter{1500};
    using Now = std::function<Clock::time_point()>;

    BeatGate(std::unique_ptr<Conveyor> inner, Pulse books, Now now = Clock::now)
        : inner_(std::move(inner)), books_(std::move(books)), now_(std::move(now)) {}

    void start(ConveyorEvents events) override { inner_->start(std::move(events)); }
    void stop() override { inner_->stop(); }
    DeviceHealth health() const override { return inner_->health(); }
    void divert(const line::WriteDivert& divert) override { inner_->divert(divert); }
    void beat() override {
        const auto now = now_();
        const auto beats = books_.beats();
        if (beats != beats_ || !nudged_) {
            beats_ = beats;
            moved_ = now;
            nudged_ = true;
            books_.nudge();  // one at a time: a thread that hangs must not be heaped up
        }
        if (now - moved_ < kStandsStillAfter) inner_->beat();
    }
    void clear_jam(const std::string& by, OnJamCleared done) override {
        inner_->clear_jam(by, std::move(done));
    }

 private:
    std::unique_ptr<Conveyor> inner_;
    Pulse books_;
    std::uint64_t beats_ = 0;
    Now now_;
    Clock::time_point moved_;
    bool nudged_ = false;
};

}  // namespace kemas::app
