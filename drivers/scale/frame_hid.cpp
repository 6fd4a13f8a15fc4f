#include "drivers/scale/frame_parts.hpp"

namespace kemas::scale {

using namespace kemas::profile;

// Report 3: status, unit, signed power of ten, weight low byte, high byte (256 x, not 255 x).
MaybeReading decode_hid(const TextScaleProfile& profile, const SiteFacts& site,
                        std::string_view frame) {
    if (frame.size() < 6 || frame[0] != 3) return std::nullopt;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(frame[i]); };
    const int status = byte(1);
    if (status == 5) return refused("underload");
    if (status == 6) return refused("overload");
    if (status == 8) return refused("not_ready");           // it wants to be zeroed
    if (status < 2 || status > 4) return refused("error");  // 1 fault, 7 needs calibration
    std::optional<Unit> unit;
    if (byte(2) == 2) unit = Unit::g;
    if (byte(2) == 3) unit = Unit::kg;
    if (byte(2) == 11) unit = Unit::oz;
    if (byte(2) == 12) unit = Unit::lb;
    if (!unit) return refused("other_unit");
    const int power = static_cast<signed char>(frame[3]);
    if (power < -6 || power > 3) return refused("error");
    Decimal number{byte(4) + 256 * byte(5), power < 0 ? -power : 0};
    for (int i = 0; i < power; ++i) number.digits *= 10;
    return reading_of(profile, site, number, unit, status != 3);
}

}  // namespace kemas::scale
