#include "app/order_packing.hpp"

#include "core/cartonize/cartonize.hpp"

namespace kemas::app {
namespace {

using cartonize::Plan;

std::vector<Order> job_of(const ledger::SqlBooks& books, const Order& order) {
    auto orders = books.orders_of_job(order);
    if (orders.empty()) orders.push_back(order);
    return orders;
}

rating::Request request_of(const ledger::SqlBooks& books, const std::vector<Order>& orders,
                           const Policy& policy, Instant now) {
    rating::Request request;
    const auto& first = orders.front();
    request.area_code = first.area_code;
    request.courier = first.courier;
    request.service = first.service;
    request.channel = first.key.channel;
    if (const auto person = books.person(first.person)) request.postal_code = person->postal_code;
    for (const auto& order : orders) {
        request.cod += order.cod.value_or(Money{});
        request.value += order.value;
    }
    request.settlement_days = policy.settlement_days;
    request.day = rating::day_at(now, policy.utc_offset_minutes);
    request.minute = rating::minute_at(now, policy.utc_offset_minutes);
    return request;
}

std::vector<rating::Packing> priced(const std::vector<Plan>& plans, const PackingAsk& ask) {
    std::vector<rating::Packing> out;
    for (const auto& plan : plans) {
        rating::Packing packing;
        for (const auto& packed : plan.cartons) {
            packing.pieces.push_back({packed.gross, packed.outer});
            packing.cost += ask.cartons[packed.carton].cost;
        }
        out.push_back(std::move(packing));
    }
    return out;
}

}  // namespace

OrderPacking packing_of(const ledger::SqlBooks& books, const Site& site,
                        const rating::RateBook& book, const Order& order, Instant now) {
    OrderPacking out;
    const auto orders = job_of(books, order);
    std::vector<Carton> cartons;
    for (const auto& [code, carton] : site.cartons) cartons.push_back(carton);
    out.ask = packing_ask(books, orders, cartons, site.policy.packing);
    out.refused = packing_refusal(out.ask);
    if (!out.refused.code.empty()) return out;
    auto plans = cartonize::choices(out.ask.items, out.ask.cartons, out.ask.rules);
    if (!plans) {
        out.refused = packing_refusal(out.ask, plans.error());
        return out;
    }
    std::size_t best = 0;
    if (order.arranged == Arranger::us && !book.services().empty()) {
        auto choice = rating::choose_packing(book, request_of(books, orders, site.policy, now),
                                             priced(*plans, out.ask), site.policy.choice, {});
        if (choice) {
            best = choice->packing;
            out.choice = std::move(*choice);
        } else {
            out.no_choice = choice.error().what;
        }
    }
    out.plan = std::move((*plans)[best]);
    return out;
}

}  // namespace kemas::app
