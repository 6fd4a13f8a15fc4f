#include "app/packing_json.hpp"

#include <boost/json/array.hpp>

#include "app/order_json.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

using cartonize::Packed;

json::array sides_json(const Size& size) {
    return {size.length.value, size.width.value, size.height.value};
}

json::array items_json(const PackingAsk& ask, const Packed& packed) {
    json::array items;
    const auto steps = cartonize::steps_of(packed);
    for (std::size_t s = 0; s < steps.size(); ++s) {
        for (std::size_t i = steps[s].first; i < steps[s].first + steps[s].count; ++i) {
            const auto& placed = packed.placed[i];
            const auto& item = ask.items[placed.item];
            items.push_back(
                json::object{{"sku", ask.skus[placed.item]},
                             {"name", item.name},
                             {"step", static_cast<std::int64_t>(s) + 1},
                             {"layer", steps[s].layer},
                             {"at_mm", json::array{placed.x.value, placed.y.value, placed.z.value}},
                             {"size_mm", sides_json(placed.size)},
                             {"fragile", item.fragile},
                             {"upright", item.upright},
                             {"flat", item.keep_flat}});
        }
    }
    return items;
}

json::value shipping_json(const OrderPacking& packing) {
    if (!packing.choice) return nullptr;
    const auto& best = packing.choice->best;
    return json::object{
        {"courier", best.service.courier}, {"service", best.service.code},
        {"total", best.total.value},       {"currency", best.currency.code},
        {"tariff", best.rate_book},        {"trace", text_lines(rating::to_text(*packing.choice))}};
}

}  // namespace

json::object packing_json(const OrderPacking& packing, const Order& order) {
    json::array cartons;
    Money cost;
    for (const auto& packed : packing.plan.cartons) {
        const auto& carton = packing.ask.cartons[packed.carton];
        cost += carton.cost;
        cartons.push_back(json::object{{"carton", packing.ask.codes[packed.carton]},
                                       {"name", carton.name},
                                       {"gross_g", grams_text(packed.gross)},
                                       {"outer_mm", sides_json(packed.outer)},
                                       {"inner_mm", sides_json(packed.inner)},
                                       {"empty_permille", packed.empty_permille},
                                       {"items", items_json(packing.ask, packed)}});
    }
    return {{"order", order.key.external_id},  {"pack_in", cartons_text(packing.ask, packing.plan)},
            {"cartons", std::move(cartons)},   {"fewest_proven", packing.plan.fewest_proven},
            {"cartons_cost", cost.value},      {"shipping", shipping_json(packing)},
            {"no_shipping", packing.no_choice}};
}

cartonize::PictureWords picture_words(const std::string& language) {
    if (language != "id") return {};
    return {"lapis", "kosong", "Mudah pecah: jangan ditindih", "Sisi ini di atas",
            "Letakkan mendatar"};
}

}  // namespace kemas::app
