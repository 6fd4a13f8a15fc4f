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

const ServicePlan& service_plan(const CourierPlans& plans, const std::string& courier,
                                const std::string& service) {
    static const ServicePlan from_pool;
    const auto plan = plans.find(courier);
    if (plan == plans.end()) return from_pool;
    const auto own = plan->second.services.find(service);
    return own == plan->second.services.end() ? plan->second.usual : own->second;
}

}  // namespace kemas
