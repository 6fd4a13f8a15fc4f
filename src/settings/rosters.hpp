// The site's lists: who works here (operators.csv) and what parcels are packed in (cartons.csv).
// Knows no site file.
#pragma once

#include <string_view>

#include "core/site.hpp"
#include "settings/mistakes.hpp"

namespace kemas::settings {

// id,name,badge,role: role is packer or supervisor; ids and badges are unique.
void read_operators(std::string_view csv, Mistakes& mistakes, Site& into);
// code,name,length_mm,width_mm,height_mm,tare_g,tare_spread_g: outer size in whole millimetres,
// grams with up to three decimals. Optional: kind (box, mailer, bag), the inside as
// inner_length_mm, inner_width_mm, inner_height_mm of a box, or flat_length_mm, flat_width_mm and
// usable_mm (thickness) of a mailer or bag; max_gross_g with the tare; cost in minor units.
void read_cartons(std::string_view csv, Mistakes& mistakes, Site& into);

}  // namespace kemas::settings
