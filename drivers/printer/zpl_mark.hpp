// A few words of ours put onto a label of ZPL that somebody else drew, where nothing else stands.
// Pure; knows no reprint.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kemas::printer {

struct ZplPaper {
    int width = 0, height = 0;  // of the label, dots; 0 = not known
    int dpi = 203;
};

/// The label (of channel_zpl()) with `text` in 2.5 mm letters, where it keeps a millimetre from
/// every barcode and its quiet zone and half a millimetre from all else. Nothing = there is no such
/// place, or it cannot be told.
std::optional<std::string> marked_zpl(const std::string& zpl, const std::string& text,
                                      const ZplPaper& paper);

/// A label that we sent before without the mark that stood at its end; any other as it is.
std::string unmarked_zpl(std::string zpl);

}  // namespace kemas::printer
