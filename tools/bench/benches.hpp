// The measurements by name. Each starts its own kemasd and throws when it cannot measure.
#pragma once

#include <string>

#include "figures.hpp"
#include "prepared_ledger.hpp"

namespace kemas::bench {

struct Setting {
    std::string kemasd;  // the program
    Place place;
    double limit_s = 150;   // no new round begins after this
    std::string data = "";  // a folder of vectors; empty = the shared ones
    std::string work() const { return place.folder + "/work"; }
    std::string ledger() const { return work() + "/ledger.db"; }
    std::string log() const { return work() + "/kemasd.log"; }
};

Figures confirm(const Setting& setting);
Figures pipeline(const Setting& setting);
Figures status(const Setting& setting);
Figures memory(const Setting& setting);
Figures line(const Setting& setting);
Figures modbus(const Setting& setting);
Figures labels(const Setting& setting);
Figures rating(const Setting& setting);
Figures cartons(const Setting& setting);

}  // namespace kemas::bench
