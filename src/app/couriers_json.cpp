#include "app/couriers_json.hpp"

#include <boost/json/object.hpp>
#include <set>

#include "app/wall_clock.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

using Pools = std::map<std::string, ledger::PoolLevel>;  // by service

std::map<std::string, Pools> by_courier(const ledger::BooksStatus& books,
                                        const CourierPlans& plans) {
    std::map<std::string, Pools> all;
    for (const auto& pool : books.pools) all[pool.courier][pool.service] = pool;
    for (const auto& [courier, plan] : plans) {
        auto& pools = all[courier];
        for (const auto& [service, own] : plan.services)
            pools.try_emplace(service, ledger::PoolLevel{courier, service, 0, 0, 0});
        if (pools.empty() && plan.usual.low_water > 0)
            pools.try_emplace("", ledger::PoolLevel{courier, "", 0, 0, 0});
    }
    return all;
}

bool is_low(const ledger::PoolLevel& pool, const ServicePlan& plan) {
    return plan.source == NumberSource::pool && plan.low_water > 0 && pool.free < plan.low_water;
}

json::array services_json(const std::string& courier, const Pools& pools, const CourierPlans& plans,
                          bool down) {
    json::array list;
    for (const auto& [service, pool] : pools) {
        const auto& plan = service_plan(plans, courier, service);
        list.push_back(json::object{
            {"service", service},
            {"numbers", to_text(plan.source)},
            {"rule", plan.rule.name},
            {"free", pool.free},
            {"reserved", pool.reserved},
            {"used", pool.used},
            {"low_water", plan.low_water},
            {"low", is_low(pool, plan)},
            {"label", plan.courier_label ? "courier" : "drawn"},
            {"instead_in_use",
             down && plan.source == NumberSource::http && !plan.instead_courier.empty()},
            {"instead", plan.instead_courier.empty()
                            ? ""
                            : plan.instead_courier + "/" + plan.instead_service}});
    }
    return list;
}

const runtime::CourierLive* live_of(const LiveState& live, const std::string& name) {
    for (const auto& each : live.couriers)
        if (each.name == name) return &each;
    return nullptr;
}

json::value connection_json(const runtime::CourierLive* live) {
    if (!live) return nullptr;
    const bool open = live->breaker == Breaker::State::open;
    return json::object{{"breaker", word_for(live->breaker)},
                        {"deadline_ms", live->deadline.value},
                        {"open_until", open ? iso_text(live->until) : ""},
                        {"heard", live->heard.value ? iso_text(live->heard) : ""},
                        {"error", live->error},
                        {"waiting", live->waiting},
                        {"under_way", live->under_way}};
}

}  // namespace

json::array couriers_json(const ledger::BooksStatus& books, const LiveState& live) {
    json::array list;
    for (const auto& [courier, pools] : by_courier(books, live.plans)) {
        const auto asks = books.asks.find(courier);
        const auto counts = asks == books.asks.end() ? ledger::AskCounts{} : asks->second;
        const auto* link = live_of(live, courier);
        const bool down = link && link->breaker != Breaker::State::closed;
        list.push_back(json::object{{"name", courier},
                                    {"connection", connection_json(link)},
                                    {"asked", counts.asked},
                                    {"doubtful", counts.doubtful},
                                    {"voiding", counts.voiding},
                                    {"services", services_json(courier, pools, live.plans, down)}});
    }
    return list;
}

std::vector<DeviceHealth> pool_health(const ledger::BooksStatus& books, const CourierPlans& plans) {
    std::vector<DeviceHealth> all;
    for (const auto& [courier, pools] : by_courier(books, plans))
        for (const auto& [service, pool] : pools) {
            const auto& plan = service_plan(plans, courier, service);
            if (!is_low(pool, plan)) continue;
            DeviceHealth health;
            health.name = service.empty() ? courier : courier + " " + service;
            health.kind = "numbers";
            health.up = true;
            health.state = "low";
            health.alarm = std::to_string(pool.free) + " tracking numbers are left, the mark is " +
                           std::to_string(plan.low_water) + ": ask the courier for more, then " +
                           "import them";
            all.push_back(std::move(health));
        }
    return all;
}

}  // namespace kemas::app
