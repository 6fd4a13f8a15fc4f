// The working table of one step: what is known, and the decision as it grows. Lives for one call
// of step(); nothing outside sees it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "core/civil_date.hpp"
#include "core/decision.hpp"
#include "core/policy.hpp"

namespace kemas {

struct ShelfUnits {  // what stock is kept by
    std::string location, sku, lot;
    friend auto operator<=>(const ShelfUnits&, const ShelfUnits&) = default;
};

struct Turn {
    using Args = std::vector<std::pair<std::string, std::string>>;

    Turn(const Station* before, const Recorded& recorded_, const Books& books_,
         const Policy& policy_);

    const Recorded& recorded;
    const Books& books;
    const Policy& policy;
    Station station;
    Decision decision;

    Instant now() const { return recorded.at; }
    CivilDate today() const { return civil_date(now(), policy.utc_offset_minutes); }
    OrderId new_order_id();
    ParcelId new_parcel_id();

    void accept(std::string code, Args args = {});
    // Nothing changes but the station's own memory.
    void refuse(std::string code, Args args = {});
    // Recorded, and a person must act.
    void attention(std::string code, Args args = {});

    void change(Change change) { decision.changes.push_back(std::move(change)); }
    void fact(Fact fact) { decision.facts.push_back(std::move(fact)); }
    EffectId plan(Effect effect);

    // Stock reserved earlier in this same turn, which the books cannot show yet.
    std::map<ShelfUnits, std::int64_t> reserved_now;

 private:
    OrderId next_order_;  // 0 = the books were not asked yet
    ParcelId next_parcel_;
    bool speaks_for_station_;
    friend Decision finish(Turn turn);
};

Decision finish(Turn turn);

}  // namespace kemas
