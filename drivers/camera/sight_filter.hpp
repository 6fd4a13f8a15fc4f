// A camera sees a code in every picture while it lies there: this tells when it counts. Pure: knows
// no picture and no clock.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/quantities.hpp"
#include "drivers/camera/barcode.hpp"

namespace kemas::camera {

struct SightRules {
    int confirm = 2;  // pictures in a row that must show a linear code alike: they misread
    std::int64_t absent_ms = 2'000;  // so long unseen before the same code counts again
};

class SightFilter {
 public:
    explicit SightFilter(SightRules rules) : rules_(rules) {}

    // What is new in the next picture, in its order.
    std::vector<Barcode> next(const std::vector<Barcode>& codes, Instant now);

 private:
    struct Seen {
        Instant last;
        int in_a_row = 0;
        bool counted = false;
        std::uint64_t picture = 0;
    };
    SightRules rules_;
    std::map<std::string, Seen> seen_;
    std::uint64_t picture_ = 0;
};

}  // namespace kemas::camera
