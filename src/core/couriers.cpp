#include "core/couriers.hpp"

namespace kemas {

std::string_view to_text(NumberSource source) {
    switch (source) {
        case NumberSource::http:
            return "http";
        case NumberSource::sscc:
            return "sscc";
        case NumberSource::pool:
            break;
    }
    return "pool";
}

const CourierPlan& courier_plan(const CourierPlans& plans, const std::string& courier) {
    static const CourierPlan unnamed;
    const auto plan = plans.find(courier);
    return plan == plans.end() ? unnamed : plan->second;
}

const ServicePlan& service_plan(const CourierPlans& plans, const std::string& courier,
                                const std::string& service) {
    const auto& plan = courier_plan(plans, courier);
    const auto own = plan.services.find(service);
    return own == plan.services.end() ? plan.usual : own->second;
}

}  // namespace kemas
