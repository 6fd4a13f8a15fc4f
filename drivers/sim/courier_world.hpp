// A courier's service as it might be on a bad day: makes shipments, finds and voids them, and from
// a seed loses answers, is late, fails, talks nonsense and lies. Unless it is idempotent it makes a
// new number each time it is asked, also under a reference it knows: whoever asks twice is seen.
// Knows no socket.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/quantities.hpp"
#include "drivers/sim/chance.hpp"
#include "drivers/sim/service_reply.hpp"

namespace kemas::sim {

enum class Mishap {
    none,
    lost_before,      // the request never arrives
    lost_after,       // done, and the answer is lost
    late,             // arrives late: nobody hears of it, and a look-up finds it only then
    error_before,     // HTTP 500, nothing done
    error_after,      // HTTP 500, and yet done
    busy,             // HTTP 429
    nonsense,         // done, and the answer is no JSON
    huge,             // done, and the answer does not end
    wrong_reference,  // done, and the answer names another reference
    other_currency,   // done, and the answer prices it in dollars
    wrong_digit,      // done, and the answer's number has a wrong check digit
    doubled,          // two numbers made under one reference
    doubled_late,     // the same, and the second one shows only after a while; never by chance
};
inline constexpr int kMishaps = static_cast<int>(Mishap::doubled_late) + 1;

struct CourierCall {
    std::string method, path;  // "/shipments", "/shipments/REF/void"
    std::string reference;     // of the query
    std::string body;
};

struct CourierEvent {
    Instant at;
    std::string status, place;
};

class CourierWorld {
 public:
    struct Options {
        std::uint64_t seed = 1;
        double mishaps = 0;  // share of calls that go wrong
        bool lies = false;   // `doubled`, too
        bool idempotent = false;
        Milliseconds late_by{60'000};
        // Each of its parcels' steps takes so long: picked up, in transit, out for delivery,
        // delivered. 0 = they stay where they are, unless they are moved.
        Milliseconds moves_every;
        std::string label_format = "zpl";  // "pdf", "png"
        std::string currency = "IDR";
        std::vector<std::string> refuses;  // postal codes it does not serve
    };
    struct Made {
        std::string reference, service, number, postal_code, consignee;
        std::int64_t weight_g = 0, cod = 0, cost = 0;
        Instant at;  // seen from here on
        bool voided = false;
        std::vector<CourierEvent> events = {};
        int asked = 0;  // calls that named its reference
    };
    explicit CourierWorld(Options options) : options_(std::move(options)), chance_(options_.seed) {}

    ServiceReply answer(const CourierCall& call, Instant now);
    // Nothing is done and nothing is answered.
    void set_down(bool down) { down_ = down; }
    void refuse(std::vector<std::string> postal_codes) {
        options_.refuses = std::move(postal_codes);
    }
    void next(Mishap mishap) { mishaps_.next(mishap); }  // of the calls to come, before chance
    // Of the calls to come that make or void something; before those of next().
    void next_act(Mishap mishap) { next_acts_.next(mishap); }
    void pick_up(const std::string& number);  // from here on it cannot be voided
    // What it tells of a parcel from here on.
    void move(const std::string& number, const std::string& status, Instant now);
    void set_label(const std::string& format) { options_.label_format = format; }
    // The label it gives says this number in place of its own; "" = its own.
    void set_label_number(const std::string& number) { label_number_ = number; }

    const std::vector<Made>& made() const { return made_; }
    std::map<std::string, int> live_by_consignee() const;
    // As its people see it who are called: also what a look-up does not show yet.
    std::vector<std::string> live_under(const std::string& reference) const;
    void void_number(const std::string& number);
    bool is_live(const std::string& number, const std::string& consignee) const;
    std::uint64_t calls() const { return calls_; }
    std::uint64_t mishaps() const { return not_served_ + mishaps_.count() + next_acts_.count(); }

 private:
    ServiceReply create(const CourierCall& call, Instant now, Mishap mishap);
    ServiceReply find(const CourierCall& call, Instant now, Mishap mishap);
    ServiceReply revoke(const std::string& reference, const std::string& body, Instant now);
    ServiceReply events(const std::string& reference, Instant now) const;
    ServiceReply label(const std::string& reference, Instant now) const;
    std::string next_number();
    Mishap draw(const CourierCall& call);
    void count(const std::string& reference);

    Options options_;
    Chance chance_;
    bool down_ = false;
    Mishaps<Mishap> mishaps_, next_acts_;
    std::vector<Made> made_;
    std::vector<std::string> picked_up_;
    std::string label_number_;
    std::uint64_t calls_ = 0, not_served_ = 0;
};

}  // namespace kemas::sim
