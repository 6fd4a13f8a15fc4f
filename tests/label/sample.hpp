// The parcel that the label tests print, and small ways to look at a page.
#pragma once

#include <gtest/gtest.h>

#include "core/page.hpp"
#include "label/draw.hpp"

namespace kemas::label {

inline LabelContent sample_content() {
    return {{{"sender_name", "Kopi Senja Official"},
             {"sender_phone", "+62 21 5550 0123"},
             {"sender_address", "Jl. Gudang Timur No. 8, Cakung\nJakarta Timur 13910"},
             {"recipient_name", "Siti Rahmawati"},
             {"recipient_phone", "081234567890"},
             {"recipient_address",
              "Jl. Melati Raya No. 17 RT 03 RW 05, Komplek Griya Asri Blok C2, dekat Masjid "
              "Al-Hidayah, Kel. Sukajadi"},
             {"area", "Sukajadi, Kota Bandung"},
             {"postal_code", "40162"},
             {"courier", "JNE"},
             {"service", "REG"},
             {"tracking_number", "JNE0123456789012"},
             {"order_number", "INV/20261121/MPL/4410023"},
             {"weight_g", "1240"},
             {"cod_amount", "185000"},
             {"currency", "IDR"},
             {"contents", "2 x Kopi Arabika Gayo 250 g\n1 x Gelas Keramik Biru"},
             {"note", "Jangan dibanting"},
             {"shop", "Kopi Senja @ Pasar Raya"},
             {"parcel_no", "1/1"},
             {"printed_at", "21-11-2026 20:15 WIB"},
             {"cost", "22000"}}};
}

inline Layout sample_layout() {
    auto layout = load_layout(KEMAS_SOURCE_DIR "/config/labels/domestic-100x150.toml");
    if (!layout) {
        ADD_FAILURE() << layout.error().what;
        return {};
    }
    return *layout;
}

// A page of one box, to see what that box does.
inline Layout one_box(const std::string& keys) {
    auto layout =
        parse_layout("name=\"t\"\nwidth_mm=60\nheight_mm=30\n[[box]]\nx=2\ny=2\n" + keys, "t.toml");
    if (!layout) {
        ADD_FAILURE() << layout.error().what;
        return {};
    }
    return *layout;
}

inline int ink_of(const Page& page) {
    int dots = 0;
    for (std::uint8_t byte : page.bits) dots += __builtin_popcount(byte);
    return dots;
}

}  // namespace kemas::label
