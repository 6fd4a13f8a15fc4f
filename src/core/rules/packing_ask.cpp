#include "core/rules/packing_ask.hpp"

#include <algorithm>
#include <map>

namespace kemas {
namespace {

constexpr Milligrams no_limit = grams(1'000'000);  // what no packaging carries

cartonize::Carton carton_of(const Carton& carton) {
    cartonize::Carton out;
    out.name = carton.name;
    out.inner = carton.inner;
    out.outer = carton.outer;
    if (carton.kind != CartonKind::box) {
        out.kind = cartonize::Kind::mailer;
        const auto walls = carton.outer.height - carton.inner.height;
        out.outer = {carton.inner.length, carton.inner.width,
                     std::max(walls, Millimetres{carton.kind == CartonKind::bag ? 1 : 2})};
    }
    out.tare = carton.tare;
    out.max_gross = carton.max_gross > Milligrams{} ? carton.max_gross : no_limit;
    out.cost = carton.cost;
    return out;
}

cartonize::Item item_of(const Sku& sku, std::int64_t units) {
    cartonize::Item item;
    item.name = sku.name.empty() ? sku.sku : sku.name;
    item.size = sku.size;
    item.weight = sku.weight;
    item.quantity = units;
    item.upright = sku.upright;
    item.keep_flat = sku.keep_flat;
    item.fragile = sku.fragile;
    item.goods = sku.goods;
    return item;
}

bool is_sized(const Size& size) {
    return size.length.value > 0 && size.width.value > 0 && size.height.value > 0;
}

std::string joined(const std::vector<std::string>& names) {
    constexpr std::size_t most = 5;
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < most; ++i)
        text += (i > 0 ? ", " : "") + names[i];
    return names.size() > most ? text + ", ..." : text;
}

}  // namespace

PackingAsk packing_ask(const Books& books, const std::vector<Order>& orders,
                       const std::vector<Carton>& cartons, const PackingPolicy& policy) {
    PackingAsk ask;
    for (const auto& carton : cartons) {
        if (!is_sized(carton.inner)) continue;
        ask.cartons.push_back(carton_of(carton));
        ask.codes.push_back(carton.code);
    }
    std::map<std::string, std::int64_t> units;
    for (const auto& order : orders)
        for (const auto& line : books.lines(order.id)) units[line.sku] += line.wanted();
    for (const auto& [code, wanted] : units) {
        if (wanted <= 0) continue;
        const auto sku = books.sku(code).value_or(Sku{code, code, {}, {}, {}});
        if (!is_sized(sku.size)) ask.unsized.push_back(code + " (" + sku.name + ")");
        ask.items.push_back(item_of(sku, wanted));
        ask.skus.push_back(code);
    }
    ask.rules.support_percent = policy.support_percent;
    ask.rules.apart = policy.apart;
    return ask;
}

Answer packing_refusal(const PackingAsk& ask) {
    Answer answer;
    if (ask.items.empty())
        answer = {Answer::Kind::refused, "packing_nothing", {}};
    else if (ask.cartons.empty())
        answer = {Answer::Kind::refused, "packing_no_cartons", {}};
    else if (!ask.unsized.empty())
        answer = {Answer::Kind::refused, "packing_no_size", {{"items", joined(ask.unsized)}}};
    return answer;
}

Answer packing_refusal(const PackingAsk& ask, const cartonize::Refused& refused) {
    const auto item = refused.item && *refused.item < ask.items.size()
                          ? ask.skus[*refused.item] + " (" + ask.items[*refused.item].name + ")"
                          : std::string("-");
    Answer answer;
    switch (refused.why) {
        case cartonize::Why::no_cartons:
        case cartonize::Why::bad_carton:
            answer = {Answer::Kind::refused, "packing_no_cartons", {}};
            break;
        case cartonize::Why::bad_item:
            answer = {Answer::Kind::refused, "packing_bad_item", {{"item", item}}};
            break;
        case cartonize::Why::too_large:
            answer = {Answer::Kind::refused, "packing_too_large", {{"item", item}}};
            break;
        case cartonize::Why::too_heavy:
            answer = {Answer::Kind::refused, "packing_too_heavy", {{"item", item}}};
            break;
        case cartonize::Why::too_many:
            answer = {Answer::Kind::refused, "packing_too_many", {}};
            break;
    }
    return answer;
}

Answer packing_suggestion(const PackingAsk& ask, const cartonize::Plan& plan) {
    Answer answer;
    answer = {Answer::Kind::accepted, "packing_suggested", {{"cartons", cartons_text(ask, plan)}}};
    return answer;
}

std::string cartons_text(const PackingAsk& ask, const cartonize::Plan& plan) {
    std::map<std::size_t, int> counts;
    for (const auto& packed : plan.cartons) ++counts[packed.carton];
    std::string text;
    for (const auto& [carton, count] : counts) {
        if (!text.empty()) text += ", ";
        if (count > 1) text += std::to_string(count) + " x ";
        text += ask.cartons[carton].name + " (" + ask.codes[carton] + ")";
    }
    return text;
}

}  // namespace kemas
