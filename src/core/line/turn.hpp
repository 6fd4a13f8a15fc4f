// One event's work on the state, in parts: the eyes, the diverts, the results of readers and scale,
// and what makes the line distrust all it knows. Used by step() alone.
#pragma once

#include <string>
#include <vector>

#include "core/line/step.hpp"

namespace kemas::line {

class Turn {
 public:
    Turn(const Layout& layout, LineState& state, std::vector<Action>& actions, Instant now)
        : layout_(layout), state_(state), actions_(actions), now_(now) {}

    void take(const Polled& poll);
    void take(const Ticked& tick);
    void take(const Scanned& scan);
    void take(const Weighed& weighed);
    void take(const LaneGiven& given);
    void take(const LaneDenied& denied);
    void take(const JamCleared& cleared);
    void take(const JamStays& stays);
    void take(const LaneSwitched& switched);
    void beat_heart();

 private:
    // trust.cpp
    bool continues(const Polled& poll);
    void begin_anew(const Polled& poll);
    void remember(const Polled& poll);
    void distrust(Reason reason);
    void watch(const Polled& poll);
    void watch_encoder(const Polled& poll, std::int64_t travel);
    void watch_jam(const Polled& poll);
    void trust_again(const Polled& poll);

    // eyes.cpp
    struct Edge {
        Pulses at;  // unrolled
        std::int64_t length = 0;
        std::int64_t unplaced = 0;  // bodies before it whose edges are not known
    };
    std::optional<Edge> edge_of(EyeState& eye, const EyeReading& reading, std::uint32_t encoder,
                                Pulses before, const std::string& name);
    void see(std::size_t eye, const Edge& edge, Pulses before);
    void see_body(std::size_t eye, const Edge& edge);
    void pass(Tracked& parcel, std::size_t eye, const Edge& edge);
    void run_out(Number number);
    void add(Pulses zero, std::int64_t length, std::size_t next_eye, bool foreign);
    void find_lost();
    void doubt_near(const Tracked& body);

    // diverts.cpp
    void hear_echo(const Polled& poll);
    void write_next();
    void write(Tracked& parcel);
    void see_in_lane(std::size_t lane, const Edge& edge, Pulses before);
    void find_undiverted();
    void ended(const Tracked& parcel, Proof proof, std::string detail);
    void count_pass(const Tracked& parcel, Proof proof);

    // results.cpp
    void ask();
    void find_owed();
    void void_results(Pulses travel);
    void take_result(std::size_t reader, const std::vector<std::string>& codes);
    void add_code(Tracked& parcel, const std::string& code);
    Tracked* at_point(const Reader& point);

    Tracked* find(Number number);
    void reject(Tracked& parcel, Reason reason, std::string why = "");
    void drop(Number number);
    bool in_world(const Tracked& parcel) const;
    template <class T>
    void act(T action) {
        actions_.push_back(std::move(action));
    }

    const Layout& layout_;
    LineState& state_;
    std::vector<Action>& actions_;
    Instant now_;
};

}  // namespace kemas::line
