#include "settings/rosters.hpp"

#include <algorithm>

#include "intake/table.hpp"

namespace kemas::settings {
namespace {

constexpr std::int64_t largest_side_mm = 10'000;
constexpr std::int64_t largest_tare_mg = 100'000'000;

void keep(intake::RowFaults faults, Mistakes& mistakes) {
    for (const auto& fault : faults)
        mistakes.add(std::max(1, fault.line),
                     (fault.column.empty() ? "the row" : fault.column) + " " + fault.reason);
}

Operator read_operator(intake::Table& table) {
    Operator who;
    who.id = table.id("id", true);
    who.name = table.text("name");
    if (who.name.empty()) who.name = who.id;
    if (table.text("role").empty())
        table.fault("role", "is empty; must be one of packer supervisor");
    who.supervisor = table.word("role", {"packer", "supervisor"}) == 1;
    return who;
}

}  // namespace

void read_operators(std::string_view csv, Mistakes& mistakes, Site& into) {
    intake::Table table(csv, {"id", "name", "badge", "role"}, {});
    while (table.next()) {
        const auto who = read_operator(table);
        const auto badge = table.id("badge", true);
        if (!table.row_is_good()) continue;
        if (into.operators.contains(who.id))
            table.fault("id", "is '" + who.id + "', which another row has; must be unique");
        if (const auto taken = into.badges.find(badge); taken != into.badges.end())
            table.fault("badge",
                        "is '" + badge + "', the badge of " + taken->second + "; must be unique");
        if (!table.row_is_good()) continue;
        into.badges.emplace(badge, who.id);
        into.operators.emplace(who.id, who);
    }
    keep(table.take_errors(), mistakes);
}

void read_cartons(std::string_view csv, Mistakes& mistakes, Site& into) {
    intake::Table table(
        csv, {"code", "name", "length_mm", "width_mm", "height_mm", "tare_g", "tare_spread_g"}, {});
    while (table.next()) {
        Carton carton;
        carton.code = table.id("code", true);
        carton.name = table.text("name");
        if (carton.name.empty()) carton.name = carton.code;
        carton.outer.length.value = table.required_integer("length_mm", 1, largest_side_mm);
        carton.outer.width.value = table.required_integer("width_mm", 1, largest_side_mm);
        carton.outer.height.value = table.required_integer("height_mm", 1, largest_side_mm);
        carton.tare.value = table.thousandths("tare_g", largest_tare_mg);
        carton.tare_spread.value = table.thousandths("tare_spread_g", largest_tare_mg);
        if (into.cartons.contains(carton.code))
            table.fault("code", "is '" + carton.code + "', which another row has; must be unique");
        if (table.row_is_good()) into.cartons.emplace(carton.code, carton);
    }
    keep(table.take_errors(), mistakes);
}

}  // namespace kemas::settings
