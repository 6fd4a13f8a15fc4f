#include "settings/rosters.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "intake/table.hpp"

namespace kemas::settings {
namespace {

constexpr std::int64_t largest_side_mm = 10'000;
constexpr std::int64_t largest_tare_mg = 100'000'000;
constexpr std::int64_t largest_gross_mg = 1'000'000'000;
constexpr std::int64_t largest_cost = 1'000'000'000;

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

// The three sides of what goes in; all of them, or none.
Size read_inner(intake::Table& table, std::array<const char*, 3> columns) {
    Size inner;
    int given = 0;
    const std::array sides{&inner.length, &inner.width, &inner.height};
    for (std::size_t i = 0; i < 3; ++i) {
        sides[i]->value = table.integer(columns[i], 1, largest_side_mm, 0);
        given += sides[i]->value > 0;
    }
    if (given == 0 || given == 3) return inner;
    for (std::size_t i = 0; i < 3; ++i)
        if (sides[i]->value == 0 && table.row_is_good())
            table.fault(columns[i], "is empty; give all three sides of the inside, or none");
    return {};
}

void refuse(intake::Table& table, std::initializer_list<const char*> columns, const char* why) {
    for (const auto* column : columns)
        if (!table.is_empty(column)) table.fault(column, why);
}

void read_inside(intake::Table& table, Carton& carton) {
    constexpr std::array kinds{CartonKind::box, CartonKind::mailer, CartonKind::bag};
    carton.kind = kinds[table.word("kind", {"box", "mailer", "bag"})];
    carton.max_gross.value = table.thousandths("max_gross_g", largest_gross_mg);
    carton.cost.value = table.integer("cost", 0, largest_cost, 0);
    if (carton.max_gross.value > 0 && carton.max_gross <= carton.tare)
        table.fault("max_gross_g", "is not above the tare; it counts the tare");
    if (carton.kind != CartonKind::box) {
        carton.inner = read_inner(table, {"flat_length_mm", "flat_width_mm", "usable_mm"});
        refuse(table, {"inner_length_mm", "inner_width_mm", "inner_height_mm"},
               "is of a box; a mailer or bag has flat_length_mm, flat_width_mm and usable_mm");
        const auto& flat = carton.inner;
        if (flat.height.value > 0 && (flat.height >= flat.length || flat.height >= flat.width))
            table.fault("usable_mm", "is not below the flat sides");
        return;
    }
    refuse(table, {"flat_length_mm", "flat_width_mm", "usable_mm"},
           "is of a mailer or bag; a box has inner_length_mm, inner_width_mm and inner_height_mm");
    carton.inner = read_inner(table, {"inner_length_mm", "inner_width_mm", "inner_height_mm"});
    if (carton.inner.length > carton.outer.length || carton.inner.width > carton.outer.width ||
        carton.inner.height > carton.outer.height)
        table.fault("inner_length_mm", "and its neighbours leave the outer size");
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
        csv, {"code", "name", "length_mm", "width_mm", "height_mm", "tare_g", "tare_spread_g"},
        {"kind", "inner_length_mm", "inner_width_mm", "inner_height_mm", "flat_length_mm",
         "flat_width_mm", "usable_mm", "max_gross_g", "cost"});
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
        read_inside(table, carton);
        if (into.cartons.contains(carton.code))
            table.fault("code", "is '" + carton.code + "', which another row has; must be unique");
        if (table.row_is_good()) into.cartons.emplace(carton.code, carton);
    }
    keep(table.take_errors(), mistakes);
}

}  // namespace kemas::settings
