#include "core/rules/rate_request.hpp"

#include <algorithm>

#include "core/rating/choice_filters.hpp"

namespace kemas {
namespace {

// Limits that only some tariffs speak of.
bool any_service(const rating::RateBook& rates, bool (*says)(const rating::ServiceRow&)) {
    return std::ranges::any_of(rates.services(), says);
}

bool any_sku(const Books& books, std::span<const ParcelItem> items, const auto& is) {
    return std::ranges::any_of(items, [&](const ParcelItem& item) {
        if (item.quantity <= 0) return false;
        const auto sku = books.sku(item.sku);
        return sku && is(*sku);
    });
}

// A tariff that knows no dangerous goods says nothing about them: then they travel as they did.
bool is_dangerous(const Books& books, const rating::RateBook& rates,
                  std::span<const ParcelItem> items) {
    return any_service(rates, [](const auto& s) { return s.dangerous_allowed; }) &&
           any_sku(books, items, [](const Sku& sku) { return sku.dangerous; });
}

bool is_wooden(const Books& books, const Policy& policy, std::span<const ParcelItem> items) {
    const auto& classes = policy.wooden_goods;
    return !classes.empty() && any_sku(books, items, [&](const Sku& sku) {
        return std::ranges::find(classes, sku.goods) != classes.end();
    });
}

// The order the parcel was opened for first, as its label names that one's recipient.
std::vector<Order> orders_of(const Books& books, const Parcel& parcel,
                             std::span<const ParcelItem> items) {
    std::vector<Order> orders;
    const auto known = [&](OrderId id) {
        return std::ranges::any_of(orders, [&](const Order& o) { return o.id == id; });
    };
    for (const auto& item : items) {
        if (item.quantity <= 0 || known(item.order)) continue;
        if (auto order = books.order(item.order)) orders.push_back(std::move(*order));
    }
    if (orders.empty())  // its label is first: nothing is in it yet
        if (auto order = books.order(parcel.order)) orders.push_back(std::move(*order));
    std::stable_partition(orders.begin(), orders.end(),
                          [&](const Order& o) { return o.id == parcel.order; });
    return orders;
}

}  // namespace

rating::Request rate_request(const Books& books, const Policy& policy,
                             const rating::RateBook& rates, std::span<const Order> orders,
                             std::span<const ParcelItem> items, Instant at) {
    rating::Request request;
    request.day = rating::day_at(at, policy.utc_offset_minutes);
    request.minute = rating::minute_at(at, policy.utc_offset_minutes);
    request.settlement_days = policy.settlement_days;
    request.tongue = policy.tongue;
    request.dangerous = is_dangerous(books, rates, items);
    request.wooden = is_wooden(books, policy, items);
    if (orders.empty()) return request;
    const auto& first = orders.front();
    request.area_code = first.area_code;
    request.channel = first.key.channel;
    if (const auto person = books.person(first.person)) request.postal_code = person->postal_code;
    for (const auto& order : orders) {
        request.cod += order.cod.value_or(Money{});
        request.value += order.value;
    }
    request.insured = is_insured(policy, request.value);
    return request;
}

rating::Request rate_request(const Books& books, const Policy& policy,
                             const rating::RateBook& rates, const Parcel& parcel,
                             std::span<const ParcelItem> items, Instant at) {
    const auto orders = orders_of(books, parcel, items);
    auto request = rate_request(books, policy, rates, orders, items, at);
    request.gross = parcel.gross;
    if (const auto carton = books.carton(parcel.carton)) request.outer = carton->outer;
    return request;
}

bool is_insured(const Policy& policy, Money value) {
    return policy.insure_from > Money{} && value >= policy.insure_from;
}

std::vector<ParcelItem> wanted_items(const Books& books, std::span<const Order> orders) {
    std::vector<ParcelItem> items;
    for (const auto& order : orders)
        for (const auto& line : books.lines(order.id))
            if (line.wanted() > 0) items.push_back({order.id, line.no, line.sku, line.wanted()});
    return items;
}

Money cod_of_today(const Books& books, const Policy& policy, const rating::RateBook& rates,
                   const Order& order, Instant now) {
    if (!any_service(rates, [](const auto& s) { return s.cod_customer_day_max > Money{}; }))
        return {};
    const auto person = books.person(order.person);
    if (!person || person->phone.empty()) return {};
    constexpr std::int64_t day_ms = 86'400'000;
    const std::int64_t east_ms = policy.utc_offset_minutes * std::int64_t{60'000};
    const auto day = rating::day_at(now, policy.utc_offset_minutes);
    return books.cod_under_way(person->phone, {day.value * day_ms - east_ms});
}

const rating::Reliability& reliability_now(const Books& books, const Policy& policy, Instant now) {
    static const rating::Reliability not_asked;
    if (std::ranges::none_of(policy.choice.rules, rating::asks_for_punctuality)) return not_asked;
    const auto today = rating::day_at(now, policy.utc_offset_minutes);
    return books.reliability({today.value - policy.choice.reliable_days}, today);
}

}  // namespace kemas
