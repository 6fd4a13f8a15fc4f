// What a packer of the demo knows: goods as they really weigh, the day's orders, and the plan that
// says how each must end. Read from the files of config/demo; knows no network.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/fault.hpp"
#include "core/input.hpp"

namespace kemas::sim {

struct RealCarton {
    Milligrams tare, spread;
    Size outer;
};

// A buyer changes their mind: when, as the floor sees it.
struct PlannedCancel {
    enum class Moment { before_open, after_first_item };
    Moment moment = Moment::before_open;
    std::string by, reason;
};

struct PlannedOrder {
    OrderDraft draft;
    std::string expect;  // the state it must end in
    std::string why;
    std::string carton;
    std::optional<PlannedCancel> cancel;
};

struct DemoDay {
    std::map<std::string, SkuRow> skus;
    std::map<std::string, std::string> location_of;  // sku -> first place on the walk
    std::map<std::string, RealCarton> cartons;
    std::vector<std::string> packers;  // badges
    std::string supervisor;            // badge
    std::vector<PlannedOrder> orders;  // in the order of play
    // Jobs: places in `orders` that travel in one parcel.
    std::vector<std::vector<std::size_t>> jobs;
};

// Reads skus.csv, stock.csv, cartons.csv, operators.csv and orders.json of `folder`, and the plan
// (empty = plan.json there). The fault names the file and the place.
Result<DemoDay> load_demo_day(const std::string& folder, const std::string& plan);

}  // namespace kemas::sim
