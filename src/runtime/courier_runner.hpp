// Performs what couriers are to do, once: gets a number and voids one, looks up before anything is
// tried again, and leaves a courier alone that does not answer. Decides nothing about numbers: the
// books do. Its clock is told.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/breaker.hpp"
#include "ports/courier.hpp"
#include "ports/device_health.hpp"
#include "runtime/inbox.hpp"

namespace kemas::runtime {

struct CourierLink {
    Courier* courier = nullptr;  // outlives the runner
    Breaker::Limits breaker;
    int at_once = 4;        // calls under way
    Milliseconds deadline;  // of one call, for people
};

struct CourierRunnerOptions {
    std::function<void(Envelope, OnDone)> submit;
    std::function<void(const std::string& station, const Answer&)> show;
    // What the books hold for an act; nothing when the parcel is gone.
    using OnAsk = std::function<void(std::optional<ShipmentAsk>)>;
    std::function<void(const EffectRow&, OnAsk)> read;
    std::map<std::string, CourierLink> couriers;  // by name
    std::function<Instant()> now;
    std::string epoch;                                  // id of this start, for keys
    Milliseconds look_first{1'000}, look_most{60'000};  // between two look-ups of one act
};

// One courier, for people.
struct CourierLive {
    std::string name;
    Breaker::State breaker = Breaker::State::closed;
    Instant until, heard;  // open until; last answer, 0 = none
    std::string error;     // the last one
    std::size_t waiting = 0, under_way = 0;
    Milliseconds deadline;
};

class CourierRunner {
 public:
    explicit CourierRunner(CourierRunnerOptions options);
    CourierRunner(const CourierRunner&) = delete;
    CourierRunner& operator=(const CourierRunner&) = delete;

    // Planned acts, and those whose outcome is not known: these are looked up.
    void take(std::vector<EffectRow> effects);
    void tick();  // starts whatever is due; call it often
    void stop();

    std::vector<CourierLive> live() const;
    std::vector<DeviceHealth> health() const;
    std::size_t waiting() const { return acts_.size(); }
    // When the next act may start; 0 = none before an answer comes.
    Instant next_due() const;

 private:
    struct Act {
        EffectRow effect;
        enum class Step { start, look_up, revoke } step = Step::start;
        Instant due;
        int looked = 0;
        std::vector<GivenNumber> made;  // as a creation told it, until the look-up after it
        bool busy = false;
    };
    struct Line {
        CourierLink link;
        Breaker breaker;
        int under_way = 0;
        Instant heard, since;
        std::string error;
    };

    void begin(Act& act, Line& line);
    void record_start(EffectId id);
    void on_started(EffectId id, const Done& done);
    void create(EffectId id);
    void look_up(EffectId id);
    void check_made(EffectId id, std::vector<GivenNumber> made);
    void revoke(EffectId id);
    void call_over(Line& line, const CourierAnswer& answer);
    void on_created(EffectId id, const CourierAnswer& answer);
    void on_looked_up(EffectId id, CourierAnswer answer);
    void on_revoked(EffectId id, const CourierAnswer& answer);
    void tell(EffectId id, Input input);
    void on_told(EffectId id, const Input& input, const Done& done);
    void look_later(Act& act);
    Act* find(EffectId id);
    Line* line_of(const Act& act);

    CourierRunnerOptions options_;
    std::map<std::string, Line> lines_;
    std::map<EffectId, Act> acts_;
    std::uint64_t reports_ = 0;
    bool stopped_ = false;
    // Callbacks that come after the end find nothing.
    std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace kemas::runtime
