// Master data that the site's files give and the ledger does not keep.
#pragma once

#include <map>
#include <string>

#include "core/books.hpp"
#include "core/policy.hpp"
#include "core/station.hpp"

namespace kemas {

struct StationPlan {
    std::string name;
    StationKind kind = StationKind::bench;
    std::string printer, scale;  // device names; empty = none
};

struct Site {
    Policy policy;
    std::map<std::string, StationPlan> stations;             // by name
    std::map<std::string, Operator, std::less<>> operators;  // by id
    std::map<std::string, std::string, std::less<>> badges;  // badge code -> operator id
    std::map<std::string, Carton, std::less<>> cartons;      // by code
    std::string hash;                                        // of all the files it came from
};

}  // namespace kemas
