// Finds the barcodes of a picture: at full size, in overlapping tiles, and in smaller copies. The
// only place that knows ZXing. Runs in the sandboxed child only.
#pragma once

#include <vector>

#include "drivers/camera/barcode.hpp"
#include "drivers/camera/grey_picture.hpp"

namespace kemas::camera {

struct FindOptions {
    FormatSet formats = kUsualFormats;
    bool thorough = false;  // every pass, for all codes of a page; else until a pass finds one
    bool careful = false;   // one code a window: ZXing 1.4 compares several, and aborts at times
    bool drawn = false;     // a symbol of our own drawing, cut out: it alone, and straight
    int budget_ms = 1'500;  // of processor time; no further pass begins after this
};

// From top to bottom, then left to right. The same code at the same place is one.
std::vector<Barcode> find_barcodes(const GreyPicture& picture, const FindOptions& options);

}  // namespace kemas::camera
