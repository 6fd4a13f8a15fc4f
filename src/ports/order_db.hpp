// The shop's own order database, whichever it is. Calls block: they run on a thread of their own
// and each ends within its deadline.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/decision.hpp"
#include "core/fault.hpp"
#include "core/input.hpp"

namespace kemas {

// A fact with the id that makes it unique for ever: "<ledger uuid>-<epoch>-<seq>-<index>".
struct NumberedFact {
    std::string id;
    Instant at;
    Fact fact;
};

// What the shop asks of us; `ref` names the row, to say later what became of it.
struct PulledOrder {
    std::string ref;
    OrderDraft draft;
};
struct PulledStop {
    enum class Kind { cancel, hold, release };
    std::string ref;
    Kind kind = Kind::cancel;
    OrderKey key;
    std::string by, reason;
};
// A row that cannot be an order: named back to the shop, never silently skipped.
struct PulledFault {
    std::string ref, why;
};
using Pulled = std::variant<PulledOrder, PulledStop, PulledFault>;

struct Verdict {
    std::string ref;
    bool taken = false;
    std::string answer;  // what Kemas said, for the shop's people
};

class OrderDb {
 public:
    virtual ~OrderDb() = default;
    // The oldest rows not yet answered, at most `limit`.
    virtual Result<std::vector<Pulled>> pull(int limit) = 0;
    // Marks rows as answered. Repeating it is harmless.
    virtual Result<void> answer(const std::vector<Verdict>& verdicts) = 0;
    // Writes facts in the order given, in one transaction; those already there are left alone.
    virtual Result<void> push(const std::vector<NumberedFact>& facts) = 0;
    // From any thread: makes a call under way end at once, and every later one fail.
    virtual void interrupt() = 0;
};

// The journal as an outbox, read beside the writer.
struct FactBatch {
    std::vector<NumberedFact> facts;
    Seq last = 0;  // every row up to here was looked at; 0 = nothing new
};

class FactSource {
 public:
    virtual ~FactSource() = default;
    // Where the sink stands: the last row it got.
    virtual Result<Seq> sink_position(const std::string& sink) = 0;
    // Facts of the rows after `seq`, about `limit` of them; a row is never split.
    virtual Result<FactBatch> facts_after(Seq seq, int limit) = 0;
};

}  // namespace kemas
