#include "drivers/sim/line_run.hpp"

#include <algorithm>
#include <deque>
#include <set>
#include <utility>

#include "core/line/step.hpp"

namespace kemas::sim {
namespace {

using namespace line;

// Plays the driver, the books and the person at the line.
class Host {
 public:
    Host(const Layout& layout, const LinePlan& plan)
        : layout_(layout), world_(layout, plan), chance_(plan.seed ^ 0x9E3779B97F4A7C15ull) {
        state_ = start(layout, 0);
    }

    void tick(Milliseconds period) {
        auto heard = world_.tick(period);
        now_ = world_.now();
        for (const auto& event : heard) hear(event);
        while (!later_.empty() && later_.begin()->first <= now_) {
            auto event = later_.begin()->second;
            later_.erase(later_.begin());
            std::visit([&](auto& one) { one.at = now_; }, event);
            hear(event);
        }
        auto look = world_.look();
        if (look) {
            look->at = now_;
            hear(std::move(*look));
        } else {
            hear(Ticked{now_});
            last_beat_.reset();
        }
        for (std::size_t i = 0; i < state_.lane_shut.size(); ++i)
            if (state_.lane_shut[i])
                later_.emplace(after(30'000), LaneSwitched{now_, i, true, "x"});
    }

    void finish() {
        world_.no_more_parcels();
        world_.no_more_faults();
        for (int i = 0; i < 20'000 && !world_.empty(); ++i) tick({10});
        for (int i = 0; i < 100; ++i) tick({10});
    }

    LineTally tally() {
        tally_.truth = world_.judgement();
        tally_.weighed = world_.weighed, tally_.weighed_inside = world_.weighed_inside;
        tally_.left_on_belt = world_.empty() ? 0 : 1;
        for (const auto& [code, said] : said_) {
            const auto* parcel = world_.by_code(code);
            const auto is = parcel->landed.value_or(layout_.lanes.size());
            if (said == is || said == kNobodyKnows) continue;
            ++tally_.false_proofs;
            if (tally_.first_false.empty())
                tally_.first_false = code + " is in " + std::to_string(is) + ", said to be in " +
                                     std::to_string(said);
        }
        return tally_;
    }

 private:
    static constexpr std::size_t kNobodyKnows = 1000;

    Instant after(std::int64_t ms) const { return {now_.value + ms}; }

    void keep(bool promise, const char* else_) {
        if (promise) return;
        ++tally_.broken;
        tally_.first_broken = else_;
    }

    void hear(const LineEvent& event) {
        if (std::holds_alternative<JamCleared>(event)) asked_to_clear_ = true;
        auto decision = step(layout_, std::move(state_), event);
        state_ = std::move(decision.state);
        for (const auto& action : decision.actions)
            std::visit([&](const auto& one) { perform(one); }, action);
    }

    void perform(const BeatHeart& beat) {
        if (!world_.reachable()) return;
        if (last_beat_)
            tally_.longest_beat_gap_ms =
                std::max(tally_.longest_beat_gap_ms, now_.value - last_beat_->value);
        last_beat_ = now_;
        world_.plc().take_beat(beat.value);
    }
    void perform(const AskLane& ask) {
        ++tally_.asked;
        codes_[ask.parcel] = ask.codes;
        const auto wait = chance_.hit(0.005) ? chance_.between(100, 5000) : chance_.between(3, 30);
        later_.emplace(after(static_cast<std::int64_t>(wait)), answer(ask));
    }
    LineEvent answer(const AskLane& ask) {
        const auto denied = [&](Reason reason, std::string why) {
            return LaneDenied{now_, ask.parcel, reason, std::move(why)};
        };
        if (ask.codes.size() > 1) return denied(Reason::refused, "two labels");
        const auto* parcel = world_.by_code(ask.codes.front());
        if (!parcel) return denied(Reason::refused, "unknown");
        if (parcel->label.stopped) return denied(Reason::refused, "stopped");
        if (gone_.contains(ask.codes.front())) return denied(Reason::refused, "gone");
        const auto lane = choose_lane(layout_, ask.lanes_open, parcel->label.courier,
                                      parcel->label.service, ask.passes);
        if (!lane) return denied(lane.error(), "");
        given_.insert(ask.parcel);
        return LaneGiven{now_, ask.parcel, *lane};
    }
    void perform(const WriteDivert& write) {
        keep(given_.contains(write.parcel), "a divert is written that nobody decided");
        keep(write.not_after > Milliseconds{0}, "a divert is written too late");
        if (!world_.reachable()) return;
        DivertWords words;
        words.wire = write.wire, words.lane = static_cast<std::uint16_t>(write.lane);
        words.target = write.target, words.length = write.length;
        world_.plc().take_divert(words);
    }
    void perform(const ClearJam&) {
        keep(asked_to_clear_, "a jam is cleared that no person looked at");
        asked_to_clear_ = false;
        if (world_.reachable()) world_.plc().clear_jam();
    }
    void perform(const Rejected& rejected) {
        keep(rejected_.insert(rejected.parcel).second, "a parcel is rejected twice");
        ++tally_.rejected;
        ++tally_.reasons[rejected.reason];
        for (const auto& code : rejected.codes) said_[code] = layout_.lanes.size();
        // Two labels on one body: nobody can say which of them is the truth.
        if (rejected.codes.size() > 1 || rejected.reason == Reason::two_results)
            for (const auto& code : rejected.codes) said_[code] = kNobodyKnows;
    }
    void perform(const RejectSeen&) {}
    void perform(const DivertEnded& ended) {
        keep(ended_.insert(ended.parcel).second, "a divert ends twice");
        if (ended.proof == Proof::failed) {
            ++tally_.failed;
            return;
        }
        const bool done = ended.proof == Proof::done;
        ++(done ? tally_.diverted : tally_.unknown);
        if (layout_.lanes[ended.lane].recirculates) return;
        for (const auto& code : codes_[ended.parcel]) {
            said_[code] = done ? ended.lane : kNobodyKnows;
            gone_.insert(code);
        }
    }
    void perform(const Stray&) { ++tally_.strays; }
    void perform(const LaneShut&) { ++tally_.lanes_shut; }
    void perform(const DoubleCount&) { ++tally_.double_counts; }
    void perform(const EyeSilent&) {}
    void perform(const ReaderLate&) {}
    void perform(const Distrusted& distrusted) {
        ++tally_.distrusts;
        if (distrusted.reason == Reason::jam)
            later_.emplace(after(20'000), JamCleared{now_, "supervisor"});
    }
    void perform(const Trusted&) {}

    const Layout& layout_;
    LineWorld world_;
    Chance chance_;
    LineState state_;
    Instant now_;
    std::multimap<Instant, LineEvent> later_;
    std::map<Number, std::vector<std::string>> codes_;
    std::map<std::string, std::size_t> said_;
    std::set<std::string> gone_;
    std::set<Number> given_, rejected_, ended_;
    bool asked_to_clear_ = false;
    std::optional<Instant> last_beat_;
    LineTally tally_;
};

}  // namespace

LineTally run_line(const line::Layout& layout, const LinePlan& plan, double hours,
                   Milliseconds poll_period) {
    Host host(layout, plan);
    const auto ticks = static_cast<std::int64_t>(hours * 3'600'000) / poll_period.value;
    for (std::int64_t i = 0; i < ticks; ++i) host.tick(poll_period);
    host.finish();
    return host.tally();
}

}  // namespace kemas::sim
