// Where a label of ZPL draws, told without drawing it: what is beside these blocks is white. Errs
// on the large side. Pure; knows no label of ours.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace kemas::printer {

// Dots of the label; `right` and `bottom` are behind the last one.
struct ZplBlock {
    int left = 0, top = 0, right = 0, bottom = 0;
    bool barcode = false;  // its quiet zone of ten modules is part of it
};

struct ZplRoom {
    std::vector<ZplBlock> taken;
    int width = 0, height = 0;         // as ^PW and ^LL say; 0 = it does not say
    int farthest_x = 0, lowest_y = 0;  // where its last fields begin: on the paper for certain
};

/// What the fields of the one format in `zpl` may cover at a head of `dpi`. Nothing = it cannot be
/// told: a field without a place, other units than dots, a symbology whose size is not known here,
/// too many fields. Sources: ZPL II guide, ^FO ^FT ^FB ^TB ^GB ^GF ^B? ^BY; widths of letters are
/// taken as one height each, of bars as 16 modules a character (Code 39 at a ratio of 3).
std::optional<ZplRoom> zpl_room(std::string_view zpl, int dpi);

}  // namespace kemas::printer
