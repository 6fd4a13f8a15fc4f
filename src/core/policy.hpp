// The site's rules, as data. Enters with the settings, whose hash the ledger keeps.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/channels.hpp"
#include "core/couriers.hpp"
#include "core/line/layout.hpp"
#include "core/quantities.hpp"
#include "core/rating/choice_rules.hpp"
#include "core/rating/tongue.hpp"

namespace kemas {

// How packaging is suggested.
struct PackingPolicy {
    bool suggest = true;                // at the start of packing, where cartons have inner sizes
    std::int64_t support_percent = 75;  // of each unit's base
    std::vector<std::pair<std::string, std::string>> apart;  // classes of goods
    friend bool operator==(const PackingPolicy&, const PackingPolicy&) = default;
};

struct Policy {
    enum class ShipOn { staged, dock };
    // What becomes of a parcel whose label nobody has seen on paper.
    enum class Print {
        lenient,  // it may be set aside, its label owed: told at the bench and counted in status
        strict,   // it stays open: no other order until the label is seen, or it is put on hold
    };
    enum class Right { packer, supervisor };
    ShipOn ship_on = ShipOn::staged;  // what makes an order *shipped*
    Print print = Print::lenient;
    std::map<std::string, Print, std::less<>> print_at;  // by station, where it differs
    Right reprint = Right::packer;                       // who may print a label once more
    bool scan_location = false;       // an item counts only after its location was scanned
    Milliseconds double_scan{0};      // the same item code within this time is one scan; 0 = never
    std::string default_carton = "";  // packaging when none was scanned; empty = must be scanned
    std::string cancel_rack = "CANCEL";      // where goods of a stopped order go
    std::string return_rack = "RETURN";      // where returned goods wait to be put away
    std::string damaged_rack = "DAMAGED";    // and those that are damaged
    int utc_offset_minutes = 0;              // of the site's wall clock, for times in answers
    std::int64_t sigma_tenths = 35;          // weight tolerance in tenths of a standard deviation
    Milligrams tolerance_min = grams(10);    // never tighter than this
    Milligrams tolerance_max = grams(2000);  // never looser than this
    PackingPolicy packing;
    rating::ChoiceRules choice;             // which service a parcel of ours goes with
    int settlement_days = 0;                // when couriers pay COD out; 0 = not agreed
    Money insure_from;                      // goods worth at least this are insured; 0 = none are
    std::vector<std::string> wooden_goods;  // classes of goods that travel in a wooden crate
    rating::Tongue tongue = rating::Tongue::english;  // of explanations kept in the books
    CourierPlans couriers;
    ChannelPlans channels;
    std::string reference_prefix = "KMS";  // of our references at couriers: one for each site
    // Barcodes on labels that do not name a parcel (sort codes): `*` any signs, `?` one, `#` a
    // digit.
    std::vector<std::string> not_identifying;
    std::map<std::string, line::Layout> lines;  // by name, each has passed line::check()
};

}  // namespace kemas
