// A line of tests/core: a simulated belt and PLC, and the state machine between them, step by step.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/line/step.hpp"
#include "drivers/sim/belt.hpp"
#include "drivers/sim/line_world.hpp"
#include "drivers/sim/sorter_plc.hpp"

namespace kemas::line {

class LineStory {
 public:
    LineStory()
        : belt(
              layout,
              [this](std::size_t lane, double edge, double length) {
                  return plc.fire(lane, edge, length);
              },
              [this](sim::BodyId id, std::size_t lane) { landed[id] = lane; }),
          plc(layout, belt),
          state(start(layout, 0)) {
        run(100);
    }

    // Puts a parcel before the first eye. `code` empty = no reader reads it; `lane` = what the
    // books will say; none = they do not answer.
    void place(sim::BodyId id, const std::string& code, std::optional<std::size_t> lane = 0,
               double length = 300) {
        if (!belt.put(id, -(length + 50), length)) throw std::runtime_error("no place");
        codes[id] = code;
        if (lane && !code.empty()) lane_of[code] = *lane;
    }
    void run(int pulses) {
        for (int done = 0; done < pulses; done += 20) tick(20);
    }
    void stand(int ms) {
        for (int done = 0; done < ms; done += 10) tick(0);
    }
    void tick(double pulses) {
        now += Instant{10};
        belt.advance(pulses);
        plc.tick(now);
        if (readers_work) read();
        if (!cable) return hear(Ticked{now});
        auto look = plc.look();
        look.at = now;
        if (spoil) spoil(look);
        hear(std::move(look));
    }
    void hear(const LineEvent& event) {
        auto decision = step(layout, std::move(state), event);
        state = std::move(decision.state);
        for (auto& action : decision.actions) {
            perform(action);
            actions.push_back(std::move(action));
        }
    }

    template <class T>
    std::vector<T> all() const {
        std::vector<T> found;
        for (const auto& action : actions)
            if (const auto* one = std::get_if<T>(&action)) found.push_back(*one);
        return found;
    }
    // "no_read" of a parcel that is on its way to the reject lane; "" = it is not.
    std::string reject_of(Number number) const {
        for (const auto& one : all<Rejected>())
            if (one.parcel == number) return std::string(to_text(one.reason));
        return "";
    }
    std::optional<Proof> end_of(Number number) const {
        for (const auto& one : all<DivertEnded>())
            if (one.parcel == number) return one.proof;
        return std::nullopt;
    }
    std::size_t reject_lane() const { return layout.lanes.size(); }

    Layout layout = sim::sample_layout();
    Instant now{1'000'000};
    std::map<sim::BodyId, std::size_t> landed;
    sim::Belt belt;
    sim::SorterPlc plc;
    LineState state;
    std::vector<Action> actions;
    std::map<sim::BodyId, std::string> codes;
    std::map<std::string, std::size_t> lane_of;
    bool cable = true, readers_work = true, writes_arrive = true;
    std::optional<Milligrams> weight = grams(1000);
    std::function<void(Polled&)> spoil;

 private:
    void read() {
        for (const auto& body : belt.bodies()) {
            const double at = belt.travel() - body.zero;
            auto& passed = passed_[body.id];
            for (std::size_t i = 0; i < layout.readers.size(); ++i) {
                if (at < static_cast<double>(layout.readers[i].at.value) || passed > i) continue;
                passed = i + 1;
                Scanned scanned{now, layout.readers[i].name, {}};
                if (!codes[body.id].empty()) scanned.codes.push_back(codes[body.id]);
                hear(scanned);
            }
            if (at >= static_cast<double>(layout.scale->at.value) && passed == 2) {
                passed = 3;
                hear(Weighed{now, weight, weight ? "" : "unsteady"});
            }
        }
    }
    void perform(const Action& action) {
        if (const auto* ask = std::get_if<AskLane>(&action)) {
            const auto lane = lane_of.find(ask->codes.front());
            if (lane != lane_of.end()) answers_.push_back({now, ask->parcel, lane->second});
        }
        if (!cable) return;
        if (const auto* beat = std::get_if<BeatHeart>(&action)) plc.take_beat(beat->value);
        if (std::get_if<ClearJam>(&action)) plc.clear_jam();
        const auto* write = std::get_if<WriteDivert>(&action);
        if (write && writes_arrive)
            plc.take_divert({write->wire, static_cast<std::uint16_t>(write->lane), write->length,
                             write->target});
        for (const auto& answer : std::exchange(answers_, {})) hear(answer);
    }

    std::vector<LaneGiven> answers_;
    std::map<sim::BodyId, std::size_t> passed_;
};

constexpr int kWholeLine = 14'000;

class Line : public testing::Test, public LineStory {};

}  // namespace kemas::line
