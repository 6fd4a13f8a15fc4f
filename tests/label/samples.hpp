// One label of each shipped layout, as its goldens show it. Made-up people and goods.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "sample.hpp"

namespace kemas::label {

struct Sample {
    std::string golden;  // name of the picture
    std::string layout;  // file in config/labels
    LabelContent content;
};
// Names a test of one layout.
inline void PrintTo(const Sample& sample, std::ostream* out) {
    *out << sample.golden;
}

inline std::vector<Sample> shipped_samples() {
    auto no_cod = sample_content();
    no_cod.fields["cod_amount"] = "";
    no_cod.fields["courier"] = "SiCepat";
    no_cod.fields["service"] = "GOKIL";
    const LabelContent carton{
        {{"sender_name", "PT Kopi Senja Nusantara"},
         {"sender_address", "Jl. Gudang Timur No. 8, Cakung\nJakarta Timur 13910"},
         {"courier", "JNE"},
         {"service", "JTR"},
         {"recipient_name", "Toko Maju Jaya"},
         {"recipient_address",
          "Jl. Pemuda No. 21, Kel. Embong Kaliasin, Genteng\nSurabaya, Jawa Timur"},
         {"postal_code", "60271"},
         {"ship_to_country", "360"},
         {"order_number", "PO-2026-00731"},
         {"parcel_no", "2/5"},
         {"gross_weight_g", "12400"},
         {"contents", "24 x Kopi Arabika Gayo 250 g\n12 x Gelas Keramik Biru"},
         {"sscc", "389912345678901238"},
         {"printed_at", "21-11-2026 20:15 WIB"}}};
    auto routed = carton;
    routed.fields["routing_code"] = "SUB-11-A27";
    routed.fields["ship_to_country"] = "";
    routed.fields["reprint"] = "Reprint 1";
    return {
        {"domestic-non-cod", "domestic-100x150", no_cod},
        {"item-33x15",
         "item-33x15",
         {{{"sku", "KOPI-GAYO-250"},
           {"name", "Kopi Arabika Gayo 250 g"},
           {"price", "78000"},
           {"currency", "IDR"}}}},
        {"item-40x30",
         "item-40x30",
         {{{"sku", "GELAS-BIRU"},
           {"barcode", "8991234567891"},
           {"name", "Gelas Keramik Biru 300 ml, tahan panas"},
           {"lot", "L-2607"},
           {"expiry", "31-07-2027"},
           {"size", "300 ml"},
           {"price", "45000"},
           {"currency", "IDR"}}}},
        {"item-50x25",
         "item-50x25",
         {{{"sku", "KOPI-GAYO-250"},
           {"name", "Kopi Arabika Gayo 250 g"},
           {"gtin", "08991234567891"},
           {"lot", "L-2607"},
           {"expiry", "270731"},
           {"size", "24 pcs"}}}},
        {"logistic", "logistic-100x150", carton},
        {"logistic-routed", "logistic-100x150", routed},
        {"return",
         "return-100x150",
         {{{"shop", "Kopi Senja @ Pasar Raya"},
           {"return_number", "RMA-2026-000451"},
           {"recipient_name", "Kopi Senja, Retur"},
           {"recipient_address", "Jl. Gudang Timur No. 8, Cakung\nJakarta Timur 13910"},
           {"recipient_phone", "+62 21 5550 0123"},
           {"customer_name", "Siti Rahmawati"},
           {"order_number", "INV/20261121/MPL/4410023"},
           {"reason", "Gelas pecah saat diterima"},
           {"contents", "1 x Gelas Keramik Biru"},
           {"courier", "JNE"},
           {"service", "REG"},
           {"tracking_number", "JNE0987654321098"},
           {"printed_at", "21-11-2026 20:15 WIB"}}}},
        {"packing-slip",
         "packing-slip-100x150",
         {{{"shop", "Kopi Senja Official"},
           {"order_number", "INV/20261121/MPL/4410023"},
           {"recipient_name", "Siti Rahmawati"},
           {"recipient_address",
            "Jl. Melati Raya No. 17 RT 03 RW 05, Sukajadi, Kota Bandung 40162"},
           {"contents",
            "2 x Kopi Arabika Gayo 250 g\n1 x Gelas Keramik Biru\n1 x Filter kertas V60 isi 100\n"
            "3 x Gula aren cair 500 ml"},
           {"payment", "COD"},
           {"total", "185000"},
           {"currency", "IDR"},
           {"note", "Simpan di tempat kering. Tukar dalam 7 hari."},
           {"sender_name", "Kopi Senja Official"},
           {"sender_phone", "+62 21 5550 0123"},
           {"parcel_no", "1/1"},
           {"printed_at", "21-11-2026 20:15 WIB"}}}},
        {"tote", "tote-100x50", {{{"tote", "T-0731"}, {"zone", "Zona A"}}}},
        {"location",
         "location-100x50",
         {{{"location", "A-03-12-2"}, {"zone", "A"}, {"level", "2"}, {"direction", "↑"}}}},
        {"badge",
         "badge-86x54",
         {{{"site", "Gudang Cakung"},
           {"name", "Dewi Lestari"},
           {"role", "Packer"},
           {"badge", "OP-DEWI-7731"}}}},
        {"commands", "commands-100x150", {{{"station", "bench-1"}}}},
        {"setup",
         "setup-100x150",
         {{{"scanner", "scanner-bench-1"},
           {"model", "Acme 2D imager"},
           {"manual", "Acme guide p. 7, revision B"},
           {"page", "1"},
           {"pages", "1"},
           {"name_1", "1  Pasangkan dengan komputer ini lewat Bluetooth"},
           {"name_en_1", "Pair with this host over Bluetooth"},
           {"when_1", "hanya nirkabel / only cordless"},
           {"fnc3_1", "B112233445566"},
           {"bars_1", "<FNC3>B112233445566"},
           {"name_2", "2  USB sebagai port serial, lainnya seperti dari pabrik"},
           {"name_en_2", "USB as a serial port, all else as from the factory"},
           {"qr_2", "@MENU_OPTO@ZZ@C01@ZZ@OTPO_UNEM@"},
           {"data_2", "@MENU_OPTO@ZZ@C01@ZZ@OTPO_UNEM@"},
           {"name_3", "3  Akhiri tiap kode dengan CR"},
           {"name_en_3", "End each code with CR"},
           {"datamatrix_3", "ACME:SUFFIX=0D"},
           {"data_3", "ACME:SUFFIX=0D"},
           {"name_4", "A  Kode biasa (Code 128)"},
           {"name_en_4", "Plain code (Code 128)"},
           {"code128_4", "KMSCHK-yZ/_+?=@"},
           {"bars_4", "KMSCHK-yZ/_+?=@"}}}},
        {"setup-check",
         "setup-100x150",
         {{{"scanner", "scanner-bench-1"},
           {"page", "1"},
           {"pages", "1"},
           {"name_1", "B  Kode GS1 dengan pemisah (GS1-128)"},
           {"name_en_1", "GS1 code with a separator (GS1-128)"},
           {"gs1_1", "yes"},
           {"bars_1", "010200000000000821KMSCHK-7<GS>10B2"}}}},
    };
}

}  // namespace kemas::label
