// What a simulated service answers, and which of its calls go wrong. Knows no service.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/sim/chance.hpp"

namespace kemas::sim {

struct ServiceReply {
    int status = 200;  // 0 = none ever comes
    std::string body, content_type = "application/json";
    int retry_after_s = 0;
    bool arrived = true;  // false: it is down, nothing was sent to it
};

ServiceReply json_reply(int status, const boost::json::object& body);
ServiceReply text_reply(int status, std::string body);
ServiceReply no_reply();
ServiceReply server_error();
ServiceReply slow_down(int retry_after_s);
// "error": {"field", "reason"}.
ServiceReply refusal_reply(int status, std::string_view field, std::string_view reason);

std::string to_base64(std::string_view bytes);

// Which mishap befalls a call: those told before, then chance. `Mishap`'s 0 is none.
template <class Mishap>
class Mishaps {
 public:
    void next(Mishap mishap) { next_.push_back(mishap); }
    // `kinds`: how many of them, none included, chance may choose from.
    Mishap draw(Chance& chance, double share, int kinds) {
        auto mishap = Mishap{};
        if (!next_.empty()) {
            mishap = next_.front();
            next_.erase(next_.begin());
        } else if (chance.hit(share)) {
            mishap = static_cast<Mishap>(1 + chance.below(kinds - 1));
        }
        if (mishap != Mishap{}) ++count_;
        return mishap;
    }
    bool waiting() const { return !next_.empty(); }  // one that was told before
    std::uint64_t count() const { return count_; }

 private:
    std::vector<Mishap> next_;
    std::uint64_t count_ = 0;
};

}  // namespace kemas::sim
