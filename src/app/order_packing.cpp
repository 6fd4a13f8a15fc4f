#include "app/order_packing.hpp"

#include "core/cartonize/cartonize.hpp"
#include "core/rules/rate_request.hpp"

namespace kemas::app {
namespace {

using cartonize::Plan;

std::vector<Order> job_of(const ledger::SqlBooks& books, const Order& order) {
    auto orders = books.orders_of_job(order);
    if (orders.empty()) orders.push_back(order);
    return orders;
}

rating::Request request_of(const ledger::SqlBooks& books, const std::vector<Order>& orders,
                           const Policy& policy, const rating::RateBook& book, Instant now) {
    auto request = rate_request(books, policy, book, orders, wanted_items(books, orders), now);
    const auto& first = orders.front();
    request.courier = first.courier;
    request.service = first.service;
    if (request.cod > Money{}) request.cod_same_day = cod_of_today(books, policy, book, first, now);
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
        auto choice = rating::choose_packing(
            book, request_of(books, orders, site.policy, book, now), priced(*plans, out.ask),
            site.policy.choice, reliability_now(books, site.policy, now));
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
