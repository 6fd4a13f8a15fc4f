// A marketplace that arranges its own shipments, as it might be on a bad day: late, limits rates,
// cancels, and from a seed loses answers, fails, talks nonsense and lies. Arranges each time it is
// asked, also what is arranged: whoever asks twice is seen. Knows no socket.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/channels.hpp"
#include "drivers/sim/chance.hpp"
#include "drivers/sim/service_reply.hpp"

namespace kemas::sim {

enum class MarketMishap {
    none,
    lost_before,   // the request never arrives
    lost_after,    // done, and the answer is lost
    late,          // an arrangement shows only after a while; the answer is lost
    error_before,  // 500, nothing done
    error_after,   // 500, done
    busy,          // 429, nothing done
    accepted,      // 202, done
    nonsense,      // half a JSON
    huge,          // an answer of 3 MiB
    // lies
    wrong_type,     // a tracking number that is a number
    second_number,  // another number for the same package, in the answer to a call
    other_package,  // the answer names another package
    other_label,    // the label of another package
};
inline constexpr int kMarketMishaps = 14;
inline constexpr int kMarketHonest = 10;  // of them, those that are no lie
std::string_view word_for(MarketMishap mishap);

struct MarketCall {
    std::string method, path, body;
};

class MarketWorld {
 public:
    struct Options {
        std::uint64_t seed = 1;
        double mishaps = 0;  // share of calls
        bool lies = false;   // lies are among them
        double cancels = 0;  // share of packages whose buyer cancels once their label is there
        int rate_per_s = 0;  // more calls are told to wait; 0 = no limit
        Milliseconds making{200};   // a number, a label
        Milliseconds late_by{900};  // what a late request needs to be seen
    };
    struct Package {
        std::string number, order, tracking, slot, method;
        int arrangements = 0;                      // requests to arrange that arrived
        int arrangement_no = 0;                    // ours
        Instant arranged_at, number_at, label_at;  // to be seen from then on; 0 = not asked for
        int packed = 0, ready_to_ship = 0, handed_over = 0;  // times told
        bool label_given = false, cancelled = false, rolled = false;
        std::string cancel_id, cancel_state, cancel_reason;
        DeclaredLoad declared;  // what it believes; nothing = it does not say
    };

    explicit MarketWorld(Options options) : options_(options), chance_(options.seed) {}

    ServiceReply answer(const MarketCall& call, Instant now);

    void set_down(bool down) { down_ = down; }
    bool is_down() const { return down_; }
    void next(MarketMishap mishap) { mishaps_.next(mishap); }
    void set_mishaps(double share) { options_.mishaps = share; }
    // A package is known from the first question about it; its order is its number without "PKG".
    Package& package(const std::string& number);
    void cancel(const std::string& number, const std::string& reason);
    void arrange_anew(const std::string& number, Instant now);
    const std::map<std::string, Package>& packages() const { return packages_; }
    std::uint64_t calls() const { return calls_; }
    std::uint64_t mishaps() const { return mishaps_.count(); }

 private:
    bool over_rate(Instant now);
    ServiceReply act(const MarketCall& call, Instant now, MarketMishap mishap);
    ServiceReply act_on(Package& package, const std::string& what, const MarketCall& call,
                        Instant now, MarketMishap mishap);
    ServiceReply arrange(Package& package, const MarketCall& call, Instant now,
                         MarketMishap mishap);
    ServiceReply label(Package& package, Instant now, MarketMishap mishap);
    ServiceReply attention(Instant now);
    ServiceReply told(const Package& package, Instant now, MarketMishap mishap) const;
    std::string next_tracking();

    Options options_;
    Chance chance_;
    std::map<std::string, Package> packages_;
    Mishaps<MarketMishap> mishaps_;
    bool down_ = false;
    std::uint64_t calls_ = 0, numbers_ = 0, cancels_ = 0;
    Instant window_;
    int in_window_ = 0;
};

}  // namespace kemas::sim
