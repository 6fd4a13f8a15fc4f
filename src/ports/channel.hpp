// A sales channel that arranges its own shipments (docs/channels.md). Each call is one try; whoever
// calls reads the package before trying again. Answers come back on the loop thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/channels.hpp"
#include "core/fault.hpp"

namespace kemas {

// What a call says beside the package's number; each call takes what is its own.
struct PackageAsk {
    std::string package_number;
    std::string method, address, slot;      // arrange; change_slot: the slot
    std::string cancel_id, answer, reason;  // answer_cancel: "accepted", "refused"
    Instant at;                             // packed, ready_to_ship, handed_over: when it was so
};

struct ChannelAnswer {
    enum class Kind {
        told,     // done: the fields of that call say what is so
        later,    // accepted: read the package
        refused,  // it will not, and did nothing: `field` and `why`
        limited,  // we ask too often, and it did nothing
        unknown,  // no answer, or none that can be believed: it may have done it
    };
    Kind kind = Kind::unknown;
    PackageState package;                // of every call but parameters and label
    std::vector<ArrangeOption> options;  // parameters
    std::string package_number, tracking_number, format, bytes;  // label; parameters: the first
    std::vector<PackageState> packages;                          // attention
    std::string field, why;
    Milliseconds retry_after;  // 0 = not told
};

class Channel {
 public:
    using OnAnswer = std::function<void(ChannelAnswer)>;

    virtual ~Channel() = default;
    virtual void call(ChannelCall call, const PackageAsk& ask, OnAnswer on_answer) = 0;
    virtual void read(const std::string& package_number, OnAnswer on_answer) = 0;
    virtual void attention(OnAnswer on_answer) = 0;
    virtual void stop() = 0;  // no answer comes after it
};

}  // namespace kemas
