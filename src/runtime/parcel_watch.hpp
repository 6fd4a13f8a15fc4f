// Follows the parcels that couriers took: asks each courier by itself, slowly, what became of them,
// and looks again whether a bought number stayed the only one under its reference. Decides nothing
// about parcels: the books do. Its clock is told.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ports/courier.hpp"
#include "ports/followed_parcel.hpp"
#include "runtime/reports.hpp"
#include "runtime/service_line.hpp"

namespace kemas::runtime {

struct WatchedCourier {
    Courier* courier = nullptr;  // outlives the watch
    ServiceLine* calls = nullptr;
    Milliseconds every{1'800'000};            // between two questions about one parcel
    int per_minute = 60;                      // questions, of all its parcels
    Milliseconds longest{30LL * 86'400'000};  // since the number was given; older ones are left
    Milliseconds horizon{120'000};  // what it made is shown by then: its number is looked at after
                                    // that, and once more after ten times that
};

struct ParcelWatchOptions {
    Reports::Submit submit;
    using OnParcels = std::function<void(std::vector<FollowedParcel>)>;
    // The books' parcels of that courier whose number was given since then, the oldest first.
    std::function<void(const std::string& courier, Instant since, OnParcels)> read;
    std::map<std::string, WatchedCourier> couriers;
    std::function<Instant()> now;
    std::string epoch;  // id of this start, for keys
};

// How one courier's parcels are followed, for people.
struct WatchLive {
    std::string name;
    Milliseconds every;
    std::size_t following = 0;  // as the books said last
    Instant asked;              // last; 0 = not yet
    std::string error;          // of the last question; empty = it was answered
};

class ParcelWatch {
 public:
    explicit ParcelWatch(ParcelWatchOptions options);
    ParcelWatch(const ParcelWatch&) = delete;
    ParcelWatch& operator=(const ParcelWatch&) = delete;

    void tick();  // asks whatever is due; call it often
    void stop() { reports_.stop(); }
    std::vector<WatchLive> live() const;
    // When the next question may be asked; 0 = none before an answer comes.
    Instant next_due() const;

 private:
    struct Seen {
        Instant asked, looked;  // about it; at its number
        std::string shown;      // live numbers under its reference, as the books have heard
    };
    struct Line {
        WatchedCourier with;
        Breaker breaker;  // of these questions: the courier's own is for what cannot wait
        std::deque<FollowedParcel> queue;
        std::map<std::string, Seen> seen;  // by reference
        Instant read_due, call_due, asked;
        std::size_t following = 0;
        bool reading = false, calling = false;
        std::string error;
    };

    void read(const std::string& name, Line& line);
    void on_parcels(const std::string& name, std::vector<FollowedParcel> parcels);
    void ask(const std::string& name, Line& line);
    void look(const std::string& name, const FollowedParcel& parcel);
    void track(const std::string& name, const FollowedParcel& parcel);
    void over(Line& line, const std::string& error);
    void on_found(const std::string& name, const FollowedParcel& parcel,
                  const CourierAnswer& answer);
    void on_events(const std::string& name, const FollowedParcel& parcel,
                   const Result<std::vector<TrackingEvent>>& events);
    bool number_is_due(const Line& line, const FollowedParcel& parcel) const;
    bool is_due(const Line& line, const FollowedParcel& parcel) const;

    ParcelWatchOptions options_;
    std::map<std::string, Line> lines_;
    Reports reports_;
};

// The newest event whose word the contract has and that is not of the future; nothing = none.
std::optional<ParcelTracked> newest_of(const std::string& reference,
                                       const std::vector<TrackingEvent>& events, Instant now);

}  // namespace kemas::runtime
