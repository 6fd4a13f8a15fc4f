// Where each courier's tracking numbers come from, as the site's file says. Knows no connection.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/numbers/rule.hpp"
#include "core/quantities.hpp"

namespace kemas {

enum class NumberSource {
    pool,  // imported before
    http,  // bought of the courier's own service, one at a time
    sscc,  // counted by us under the site's GS1 company prefix
};
std::string_view to_text(NumberSource source);

struct ServicePlan {
    NumberSource source = NumberSource::pool;
    numbers::Rule rule;          // of its numbers; without shapes: any number
    std::int64_t low_water = 0;  // fewer free numbers are an alarm; 0 = not watched
    std::string instead_courier, instead_service;  // while the courier is down; empty = wait
    bool courier_label = false;  // http: the courier's own label is printed, none is drawn
};

struct CourierPlan {
    ServicePlan usual;                            // of every service not named
    std::map<std::string, ServicePlan> services;  // by code
    std::string company_prefix;                   // sscc
    int extension = 0;                            // sscc: its first digit
    // A number asked for in vain is looked up this long before a person is asked about it.
    Milliseconds horizon{120'000};
    // The courier makes one number of one reference however often it is asked: only then is a
    // number asked for again, after the horizon, where the first request may have arrived.
    bool idempotent = false;
};

using CourierPlans = std::map<std::string, CourierPlan>;  // by courier

// As the site's file says; what holds without a word of it, of a courier that nobody named.
const CourierPlan& courier_plan(const CourierPlans& plans, const std::string& courier);

// A courier that nobody named takes its numbers from the pool, whatever they look like.
const ServicePlan& service_plan(const CourierPlans& plans, const std::string& courier,
                                const std::string& service);

}  // namespace kemas
