#include "core/cartonize/cartonize.hpp"

#include "core/cartonize/single.hpp"
#include "core/cartonize/split.hpp"

namespace kemas::cartonize {

tl::expected<Plan, Refused> pack(const std::vector<Item>& items, const std::vector<Carton>& cartons,
                                 const Rules& rules) {
    const auto order = prepare(items, cartons, rules);
    if (!order) return tl::unexpected(order.error());
    Plan plan;
    if (items.empty()) return plan;
    Search search(*order, rules);
    std::vector<Full> chosen;
    auto single = pack_single(*order, order->counts, search);
    plan.fewest_proven = true;
    if (single.best) {
        chosen.push_back(std::move(*single.best));
    } else if (rules.most_cartons == 1) {
        return tl::unexpected(Refused{Why::too_many, std::nullopt});
    } else {
        auto split = pack_split(*order, 2, search);
        plan.fewest_proven = split.fewest_proven && !single.possible;
        chosen = std::move(split.cartons);
    }
    if (rules.most_cartons > 0 && std::ssize(chosen) > rules.most_cartons)
        return tl::unexpected(Refused{Why::too_many, std::nullopt});
    Answer answer(*order, cartons);
    for (const auto& full : chosen) plan.cartons.push_back(answer.packed(full));
    plan.steps = search.steps();
    return plan;
}

}  // namespace kemas::cartonize
