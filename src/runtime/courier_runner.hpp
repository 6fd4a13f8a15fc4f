// Performs what couriers are to do, once: gets a number and voids one, looks up before anything is
// tried again, and leaves a courier alone that does not answer. Decides nothing about numbers: the
// books do. Its clock is told.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ports/courier.hpp"
#include "runtime/reports.hpp"
#include "runtime/service_lines.hpp"

namespace kemas::runtime {

struct CourierLink {
    Courier* courier = nullptr;  // outlives the runner
    ServiceLimits limits;
};

struct CourierRunnerOptions {
    Reports::Submit submit;
    std::function<void(const std::string& station, const Answer&)> show;
    // What the books hold for an act; nothing when the parcel is gone.
    using OnAsk = std::function<void(std::optional<ShipmentAsk>)>;
    std::function<void(const EffectRow&, OnAsk)> read;
    std::map<std::string, CourierLink> couriers;  // by name
    std::function<Instant()> now;
    std::string epoch;  // id of this start, for keys
    LookPause pause;
};

class CourierRunner {
 public:
    explicit CourierRunner(CourierRunnerOptions options);
    CourierRunner(const CourierRunner&) = delete;
    CourierRunner& operator=(const CourierRunner&) = delete;

    // Planned acts, and those whose outcome is not known: these are looked up.
    void take(std::vector<EffectRow> effects);
    void tick();  // starts whatever is due; call it often
    void stop() { reports_.stop(); }

    // The calls to one courier, for whoever else calls it; none of that name.
    ServiceLine* calls_to(const std::string& courier);
    std::vector<ServiceLive> live() const { return live_of(lines_, acts_); }
    std::vector<DeviceHealth> health() const { return health_of(lines_, "courier"); }
    std::size_t waiting() const { return acts_.size(); }
    // When the next act may start; 0 = none before an answer comes.
    Instant next_due() const { return next_act(lines_, acts_); }

 private:
    struct Act : ServiceAct {
        enum class Step { start, look_up, revoke } step = Step::start;
        std::vector<GivenNumber> made;  // as a creation told it, until the look-up after it
    };
    struct Line {
        Courier* courier;
        ServiceLine calls;
    };

    void begin(const Act& act);
    void on_started(EffectId id, const Done& done);
    void create(EffectId id);
    void on_asked(EffectId id, const std::optional<ShipmentAsk>& ask);
    void look_up(EffectId id);
    void check_made(EffectId id, std::vector<GivenNumber> made);
    void revoke(EffectId id);
    void call_over(Line& line, const CourierAnswer& answer);
    void on_created(EffectId id, const CourierAnswer& answer);
    void on_looked_up(EffectId id, CourierAnswer answer);
    void on_revoked(EffectId id, const CourierAnswer& answer);
    void on_extra_revoked(EffectId id, const CourierAnswer& answer);
    void tell(EffectId id, Input input);
    void on_told(EffectId id, const Input& input, const Done& done);
    void look_later(Act& act);

    CourierRunnerOptions options_;
    ServiceLines<Line> lines_;
    ServiceActs<Act> acts_;
    Reports reports_;
};

}  // namespace kemas::runtime
