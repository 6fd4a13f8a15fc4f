// Performs what channels are to hear, once: reads a package before anything is tried again, keeps
// to each channel's rate, and leaves one alone that does not answer. Decides nothing about
// packages: the books do. Its clock is told.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ports/channel.hpp"
#include "runtime/reports.hpp"
#include "runtime/service_lines.hpp"

namespace kemas::runtime {

struct ChannelLink {
    Channel* channel = nullptr;  // outlives the runner
    ServiceLimits limits;
    Milliseconds poll{15'000};  // of what it wants looked at
};

struct ChannelRunnerOptions {
    Reports::Submit submit;
    // What the books hold for an act; nothing when the parcel is gone.
    using OnAsk = std::function<void(std::optional<PackageAsk>)>;
    std::function<void(const EffectRow&, OnAsk)> read;
    std::function<std::string(const std::string&)> hash;  // of a label's bytes
    std::function<void()> on_label;                       // the books have taken one in
    std::map<std::string, ChannelLink> channels;          // by name
    std::function<Instant()> now;
    std::string epoch;  // id of this start, for keys
    LookPause pause;
};

class ChannelRunner {
 public:
    explicit ChannelRunner(ChannelRunnerOptions options);
    ChannelRunner(const ChannelRunner&) = delete;
    ChannelRunner& operator=(const ChannelRunner&) = delete;

    // Planned acts, and those whose outcome is not known: these are looked at first.
    void take(std::vector<EffectRow> effects);
    void tick();  // starts whatever is due; call it often
    void stop() { reports_.stop(); }

    std::vector<ServiceLive> live() const { return live_of(lines_, acts_); }
    std::vector<DeviceHealth> health() const { return health_of(lines_, "channel"); }
    std::size_t waiting() const { return acts_.size(); }
    // When the next call may start; 0 = none before an answer comes.
    Instant next_due() const;

 private:
    struct Act : ServiceAct {
        enum class Step { start, call, look } step = Step::start;
        bool told_unknown = false;
        bool label_kept = false;  // its bytes came, and its pages are being read  // the books know
                                  // that nobody knows
    };
    struct Line {
        ChannelLink link;
        ServiceLine calls;
        Instant poll_due;
        bool polling = false;
        std::map<std::string, std::string> told = {};  // package -> what of it the books have heard
    };
    using Step = Act::Step;

    void begin(const Act& act);
    void on_started(EffectId id, const Done& done);
    void call(EffectId id);
    void on_asked(EffectId id, const std::optional<PackageAsk>& ask);
    void look(EffectId id);
    void call_over(Line& line, const ChannelAnswer& answer);
    void on_called(EffectId id, ChannelAnswer answer);
    void on_looked(EffectId id, ChannelAnswer answer);
    void no_clear_answer(Act& act, const ChannelAnswer& answer);
    void poll(const std::string& name, Line& line);
    void on_attention(const std::string& name, ChannelAnswer answer);
    void tell(EffectId id, Input input);
    void on_told(EffectId id, const Input& input, const Done& done);
    void again(Act& act, Step step, const ChannelAnswer& answer);
    void later(Act& act, Step step, Milliseconds at_least = {});

    ChannelRunnerOptions options_;
    ServiceLines<Line> lines_;
    ServiceActs<Act> acts_;
    Reports reports_;
};

}  // namespace kemas::runtime
