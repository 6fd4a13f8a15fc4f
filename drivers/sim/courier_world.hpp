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
};
inline constexpr int kMishaps = static_cast<int>(Mishap::doubled) + 1;

struct CourierCall {
    std::string method, path;  // "/shipments", "/shipments/REF/void"
    std::string reference;     // of the query
    std::string body;
};
struct CourierReply {
    int status = 200;  // 0 = none ever comes
    std::string body, content_type = "application/json";
    int retry_after_s = 0;
    bool arrived = true;  // false: it is down, nothing was sent to it
    Mishap mishap = Mishap::none;
};

class CourierWorld {
 public:
    struct Options {
        std::uint64_t seed = 1;
        double mishaps = 0;  // share of calls that go wrong
        bool lies = false;   // `doubled`, too
        bool idempotent = false;
        Milliseconds late_by{60'000};
        std::string currency = "IDR";
        std::vector<std::string> refuses;  // postal codes it does not serve
    };
    struct Made {
        std::string reference, service, number, postal_code, consignee;
        std::int64_t weight_g = 0, cod = 0, cost = 0;
        Instant at;  // seen from here on
        bool voided = false;
    };
    explicit CourierWorld(Options options) : options_(std::move(options)), chance_(options_.seed) {}

    CourierReply answer(const CourierCall& call, Instant now);
    // Nothing is done and nothing is answered.
    void set_down(bool down) { down_ = down; }
    void refuse(std::vector<std::string> postal_codes) {
        options_.refuses = std::move(postal_codes);
    }
    void next(Mishap mishap) { next_.push_back(mishap); }  // of the calls to come, before chance
    void pick_up(const std::string& number);               // from here on it cannot be voided

    const std::vector<Made>& made() const { return made_; }
    std::map<std::string, int> live_by_consignee() const;
    // As its people see it who are called: also what a look-up does not show yet.
    std::vector<std::string> live_under(const std::string& reference) const;
    void void_number(const std::string& number);
    bool is_live(const std::string& number, const std::string& consignee) const;
    std::uint64_t calls() const { return calls_; }
    std::uint64_t mishaps() const { return mishaps_; }

 private:
    Mishap draw();
    CourierReply create(const CourierCall& call, Instant now, Mishap mishap);
    CourierReply find(const CourierCall& call, Instant now, Mishap mishap);
    CourierReply revoke(const std::string& reference, Instant now);
    CourierReply label(const std::string& reference, Instant now) const;
    std::string next_number();

    Options options_;
    Chance chance_;
    bool down_ = false;
    std::vector<Mishap> next_;
    std::vector<Made> made_;
    std::vector<std::string> picked_up_;
    std::uint64_t calls_ = 0, mishaps_ = 0;
};

}  // namespace kemas::sim
