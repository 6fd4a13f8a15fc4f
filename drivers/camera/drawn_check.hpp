// Reads the barcodes of a drawn page back in the sandboxed child, before anything is printed. Waits
// for the child: for a thread that may take its time. Knows no layout and no printer.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/page.hpp"

namespace kemas::camera {

// The barcode that does not read back as it should, and why.
struct Misread {
    std::string field, why;
};

class DrawnCheck {
 public:
    // `program` is kemas-decode; it is started when first needed and kept.
    explicit DrawnCheck(std::string program);
    ~DrawnCheck();
    DrawnCheck(const DrawnCheck&) = delete;
    DrawnCheck& operator=(const DrawnCheck&) = delete;

    /// Nothing when ZXing reads every barcode of the page, from its dots, as its symbology and as
    /// its text, and the rows of a linear one are all alike. A child that dies or is silent for
    /// `limit_ms` counts as a misread: what was not read is not printed.
    std::optional<Misread> misread(const DrawnLabel& label);

    static constexpr int limit_ms = 5'000;  // of one barcode

 private:
    struct Talk;
    std::unique_ptr<Talk> talk_;
};

}  // namespace kemas::camera
