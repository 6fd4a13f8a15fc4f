// Names of areas in a courier's sheet: the lists that say which codes they have, and the sheet with
// codes in their place. Knows no tariff.
#pragma once

#include <string>
#include <string_view>

#include "intake/area_names.hpp"
#include "intake/table.hpp"

namespace kemas::intake {

// code,name and optionally parent.
Import<NamedArea> areas_from_csv(std::string_view bytes);
// theirs,code: each of theirs once.
Import<AreaAlias> aliases_from_csv(std::string_view bytes);

struct CodedSheet {
    std::string csv;   // the same rows on the same lines
    RowFaults errors;  // a name that is not known, with the nearest ones
};

// A cell of `column` that has letters is a name, "Cikarang Utara" or "Cikarang Utara, Bekasi";
// empty cells, "*" and codes stay. A sheet without that column stays as it is.
CodedSheet with_area_codes(std::string_view bytes, std::string_view column, const AreaNames& names);

}  // namespace kemas::intake
