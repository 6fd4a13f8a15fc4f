// The single writer as its surroundings see it: inputs go in, what became of them comes out, all
// of it durable. Used by one thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/decision.hpp"
#include "core/fault.hpp"
#include "core/site.hpp"

namespace kemas {

// An input on its way in. `key` names it for ever: a repeat gets the first answer.
struct Envelope {
    std::string key, station;
    Input input;
};

// What became of one input. Effects carry the ids they were committed under.
struct Done {
    Seq seq = 0;
    Instant at;
    bool repeat = false;
    Answer answer;
    std::vector<EffectRow> effects;
};

class Journal {
 public:
    virtual ~Journal() = default;
    // Decides and commits a batch in the order given; one result for each input. A fault means that
    // nothing is known to be durable: call recover() until it succeeds, then the same batch again.
    virtual Result<std::vector<Done>> turn(const std::vector<Envelope>& batch, Instant now) = 0;
    // Ends in a state where what the journal shows is on disk.
    virtual Result<void> recover() = 0;
    // Moves the write-ahead log into the file when it has grown to so many pages.
    virtual void checkpoint(int at_least_pages) = 0;
    // A sink got every fact of the rows up to and with `seq`.
    virtual Result<void> move_sink(const std::string& name, Seq seq) = 0;
    // Decides by these site facts from the next turn on.
    virtual void use_site(std::shared_ptr<const Site> site) = 0;
};

}  // namespace kemas
