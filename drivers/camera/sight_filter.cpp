#include "drivers/camera/sight_filter.hpp"

namespace kemas::camera {

std::vector<Barcode> SightFilter::next(const std::vector<Barcode>& codes, Instant now) {
    ++picture_;
    std::erase_if(seen_, [&](const auto& entry) {
        return (now - entry.second.last).value > rules_.absent_ms;
    });
    std::vector<Barcode> fresh;
    for (const auto& code : codes) {
        auto& seen = seen_[code.aim + code.text];
        if (seen.picture == picture_) continue;  // twice in one picture is one parcel's code
        seen.in_a_row = seen.picture + 1 == picture_ ? seen.in_a_row + 1 : 1;
        seen.picture = picture_;
        seen.last = now;
        const int needed = is_linear(code.format) ? rules_.confirm : 1;
        if (seen.counted || seen.in_a_row < needed) continue;
        seen.counted = true;
        fresh.push_back(code);
    }
    return fresh;
}

}  // namespace kemas::camera
