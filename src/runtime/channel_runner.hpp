// Performs what channels are to hear, once: reads a package before anything is tried again, keeps
// to each channel's rate, and leaves one alone that does not answer. Decides nothing about
// packages: the books do. Its clock is told.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/breaker.hpp"
#include "ports/channel.hpp"
#include "ports/device_health.hpp"
#include "runtime/inbox.hpp"

namespace kemas::runtime {

struct ChannelLink {
    Channel* channel = nullptr;  // outlives the runner
    Breaker::Limits breaker;
    int at_once = 4;            // calls under way
    int rate_per_s = 10;        // calls begun
    Milliseconds poll{15'000};  // of what it wants looked at
};

struct ChannelRunnerOptions {
    std::function<void(Envelope, OnDone)> submit;
    // What the books hold for an act; nothing when the parcel is gone.
    using OnAsk = std::function<void(std::optional<PackageAsk>)>;
    std::function<void(const EffectRow&, OnAsk)> read;
    std::function<std::string(const std::string&)> hash;  // of a label's bytes
    std::function<void()> on_label;                       // the books have taken one in
    std::map<std::string, ChannelLink> channels;          // by name
    std::function<Instant()> now;
    std::string epoch;                                  // id of this start, for keys
    Milliseconds look_first{1'000}, look_most{60'000};  // between two looks of one act
};

// One channel, for people.
struct ChannelLive {
    std::string name;
    Breaker::State breaker = Breaker::State::closed;
    Instant until, heard;  // open until; last answer, 0 = none
    std::string error;     // the last one
    std::size_t waiting = 0, under_way = 0;
};

class ChannelRunner {
 public:
    explicit ChannelRunner(ChannelRunnerOptions options);
    ChannelRunner(const ChannelRunner&) = delete;
    ChannelRunner& operator=(const ChannelRunner&) = delete;

    // Planned acts, and those whose outcome is not known: these are looked at first.
    void take(std::vector<EffectRow> effects);
    void tick();  // starts whatever is due; call it often
    void stop();

    std::vector<ChannelLive> live() const;
    std::vector<DeviceHealth> health() const;
    std::size_t waiting() const { return acts_.size(); }
    // When the next call may start; 0 = none before an answer comes.
    Instant next_due() const;

 private:
    struct Act {
        EffectRow effect;
        enum class Step { start, call, look } step = Step::start;
        Instant due;
        int looked = 0;
        bool busy = false;
        bool told_unknown = false;  // the books know that nobody knows
    };
    struct Line {
        ChannelLink link;
        Breaker breaker;
        int under_way = 0, begun = 0;  // begun: in this window of a second
        Instant window, not_before;    // not_before: it told us to wait
        Instant heard, since, poll_due;
        bool polling = false;
        std::string error;
        std::map<std::string, std::string> told;  // package -> what of it the books have heard
    };
    using Step = Act::Step;

    bool may_call(const Line& line) const;
    void take_place(Line& line);
    void begin(Act& act, Line& line);
    void record_start(EffectId id);
    void on_started(EffectId id, const Done& done);
    void call(EffectId id);
    void look(EffectId id);
    void call_over(Line& line, const ChannelAnswer& answer);
    void on_called(EffectId id, ChannelAnswer answer);
    void on_looked(EffectId id, ChannelAnswer answer);
    void no_clear_answer(Act& act, const ChannelAnswer& answer);
    void poll(const std::string& name, Line& line);
    void on_attention(const std::string& name, ChannelAnswer answer);
    void tell(EffectId id, Input input);
    void on_told(EffectId id, const Input& input, const Done& done);
    void later(Act& act, Step step, Milliseconds at_least = {});
    Act* find(EffectId id);
    Line* line_of(const Act& act);

    ChannelRunnerOptions options_;
    std::map<std::string, Line> lines_;
    std::map<EffectId, Act> acts_;
    std::uint64_t reports_ = 0;
    bool stopped_ = false;
    // Callbacks that come after the end find nothing.
    std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace kemas::runtime
