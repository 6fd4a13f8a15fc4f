#include <algorithm>

#include "core/cartonize/cartonize.hpp"

namespace kemas::cartonize {
namespace {

std::int64_t outer_of(const Plan& plan) {
    const auto& outer = plan.cartons.front().outer;
    return outer.length.value * outer.width.value * outer.height.value;
}

}  // namespace

tl::expected<std::vector<Plan>, Refused> choices(const std::vector<Item>& items,
                                                 const std::vector<Carton>& cartons,
                                                 const Rules& rules) {
    std::vector<Plan> plans;
    auto alone = rules;
    alone.most_cartons = 1;
    alone.work_steps = rules.work_steps / std::max<std::int64_t>(1, std::ssize(cartons));
    for (std::size_t c = 0; c < cartons.size() && !items.empty(); ++c) {
        auto plan = pack(items, {cartons[c]}, alone);
        if (!plan) continue;
        plan->cartons.front().carton = c;
        plans.push_back(std::move(*plan));
    }
    std::stable_sort(plans.begin(), plans.end(),
                     [](const Plan& a, const Plan& b) { return outer_of(a) < outer_of(b); });
    if (!plans.empty()) return plans;
    auto plan = pack(items, cartons, rules);
    if (!plan) return tl::unexpected(plan.error());
    plans.push_back(std::move(*plan));
    return plans;
}

}  // namespace kemas::cartonize
