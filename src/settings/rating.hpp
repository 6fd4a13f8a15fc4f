// The site's rules for choosing a service and for packing: [rating] and [packing] of the site file.
// Knows no tariff and no carton.
#pragma once

#include "settings/settings.hpp"
#include "settings/table_reader.hpp"

namespace kemas::settings {

void read_rating(TableReader& rating, Settings& into);
void read_packing(TableReader& packing, Settings& into);

}  // namespace kemas::settings
