// Labels of 100 x 150 mm at 203 dpi with a Code 128 and a QR code, one core for all of it: drawn,
// every barcode read back from the dots by ZXing in its child, packed as Z64. Beside it the same
// dots by plain Pango and Cairo, packed as hex and not read back.
#include <sched.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "bare_label.hpp"
#include "benches.hpp"
#include "drivers/camera/drawn_check.hpp"
#include "drivers/printer/zpl_codec.hpp"
#include "label/draw.hpp"

namespace kemas::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int rounds_wanted = 9, labels_a_slice = 150, warm_up = 60;

label::Layout layout_with_qr(const Setting& setting) {
    const auto path = setting.place.root + "/config/labels/domestic-100x150.toml";
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf()
         << "\n[[box]]\nkind = \"barcode\"\nsymbology = \"qr\"\n"
            "text = \"{tracking_number} {parcel_no}\"\nx = 83.0\ny = 129.2\nw = 13.0\nh = 13.0\n";
    auto layout = label::parse_layout(text.str(), path);
    if (!layout) throw std::runtime_error(layout.error().what);
    return std::move(*layout);
}

// No two alike, as they come in a shift: who, where, what and every number differ.
label::LabelContent label_no(unsigned n) {
    static constexpr const char* names[] = {"Siti", "Budi",  "Agus",  "Dewi", "Putu",
                                            "Made", "Rina",  "Yanti", "Joko", "Tuti",
                                            "Eko",  "Wulan", "Bayu"};
    static constexpr const char* family[] = {"Rahmawati", "Santoso", "Wijaya", "Lestari",
                                             "Ayu",       "Sukarta", "Kusuma", "Pratama",
                                             "Hidayat",   "Utami",   "Nugroho"};
    static constexpr const char* streets[] = {"Melati Raya", "Gudang Timur",  "Sudirman",
                                              "Ahmad Yani",  "Gatot Subroto", "Pahlawan",
                                              "Merdeka",     "Imam Bonjol",   "Diponegoro"};
    static constexpr const char* areas[] = {"Sukajadi, Kota Bandung", "Genteng, Kota Surabaya",
                                            "Cakung, Jakarta Timur", "Depok, Sleman",
                                            "Denpasar Barat, Denpasar"};
    static constexpr const char* goods[] = {"Kopi Arabika Gayo 250 g", "Gelas Keramik Biru",
                                            "Filter kertas V60 isi 100", "Gula aren cair 500 ml"};
    const unsigned mixed = n * 2654435761U;
    const auto pick = [&](const auto& list, unsigned salt) {
        return std::string(list[(mixed / (salt * 7 + 1)) % std::size(list)]);
    };
    const auto number = [&](unsigned salt, unsigned most) {
        return std::to_string((mixed / (salt * 5 + 1)) % most + 1);
    };
    return {{{"sender_name", "Kopi Senja Official"},
             {"sender_phone", "+62 21 5550 0123"},
             {"sender_address", "Jl. Gudang Timur No. 8, Cakung\nJakarta Timur 13910"},
             {"recipient_name", pick(names, 1) + " " + pick(family, 2)},
             {"recipient_phone", "0812" + std::to_string(10'000'000 + mixed % 89'999'999)},
             {"recipient_address", "Jl. " + pick(streets, 3) + " No. " + number(1, 300) + " RT 0" +
                                       number(2, 8) + " RW 0" + number(3, 8) +
                                       ", Komplek Griya Asri Blok C" + number(4, 40) +
                                       ", dekat Masjid Al-Hidayah"},
             {"area", pick(areas, 5)},
             {"postal_code", std::to_string(10'000 + mixed % 89'999)},
             {"courier", "JNE"},
             {"service", "REG"},
             {"tracking_number", "JNE0" + std::to_string(100'000'000'000ULL + n)},
             {"order_number", "INV/20261121/MPL/" + std::to_string(4'000'000 + n)},
             {"weight_g", number(6, 5'000)},
             {"cod_amount", n % 2 == 0 ? number(7, 500'000) : ""},
             {"currency", "IDR"},
             {"contents", number(8, 5) + " x " + pick(goods, 9) + "\n" + number(10, 5) + " x " +
                              pick(goods, 11)},
             {"note", n % 4 == 0 ? "Jangan dibanting" : ""},
             {"shop", "Kopi Senja @ Pasar Raya"},
             {"parcel_no", number(12, 3)},
             {"printed_at", "21-11-2026 20:" + std::to_string(10 + n % 50) + " WIB"},
             {"cost", number(13, 60) + "000"}}};
}

void stay_on_one_core() {
    cpu_set_t all, one;
    CPU_ZERO(&one);
    if (sched_getaffinity(0, sizeof all, &all) != 0) return;
    for (int core = CPU_SETSIZE - 1; core >= 0; --core)
        if (CPU_ISSET(core, &all)) {
            CPU_SET(core, &one);
            sched_setaffinity(0, sizeof one, &one);  // and of the child, which is started later
            return;
        }
}

class Press {
 public:
    explicit Press(const Setting& setting)
        : layout_(layout_with_qr(setting)),
          check_((std::filesystem::path(setting.kemasd).parent_path() / "kemas-decode").string()) {}

    std::size_t ours(unsigned n) {
        const auto drawn = label::draw(layout_, label_no(n));
        if (!drawn) throw std::runtime_error(drawn.error().why);
        if (drawn->barcodes.size() != 2) throw std::runtime_error("a label lacks a barcode");
        if (const auto wrong = check_.misread(*drawn)) throw std::runtime_error(wrong->why);
        return printer::encode_zpl(drawn->page, "kemas parcel=" + std::to_string(n)).size();
    }
    std::size_t bare(unsigned n) { return pack_barely(draw_barely(layout_, label_no(n))).size(); }
    // What is compared must be the same picture.
    void prove_same(unsigned n) {
        const auto drawn = label::draw(layout_, label_no(n));
        if (!drawn) throw std::runtime_error(drawn.error().why);
        if (drawn->page.bits != draw_barely(layout_, label_no(n)).bits)
            throw std::runtime_error("label " + std::to_string(n) + " is drawn differently");
    }

 private:
    label::Layout layout_;
    camera::DrawnCheck check_;
};

template <class Make>
double rate(unsigned from, Make make, std::size_t& bytes) {
    const auto start = Clock::now();
    for (unsigned n = from; n < from + labels_a_slice; ++n) bytes += make(n);
    return labels_a_slice / std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

Figures labels(const Setting& setting) {
    stay_on_one_core();
    Press press(setting);
    for (unsigned n = 0; n < warm_up; ++n) {
        press.prove_same(n);
        press.ours(n);
    }
    std::vector<double> rates, ratios;
    const auto begun = Clock::now();
    for (unsigned round = 0; round < rounds_wanted; ++round) {
        if (std::chrono::duration<double>(Clock::now() - begun).count() > setting.limit_s) break;
        const unsigned from = warm_up + 2 * round * labels_a_slice;
        std::size_t packed = 0, hex = 0;
        const double bare = rate(
            from + labels_a_slice, [&](unsigned n) { return press.bare(n); }, hex);
        const double ours = rate(
            from, [&](unsigned n) { return press.ours(n); }, packed);
        std::printf(
            "  plain Pango and Cairo %5.0f labels/s, %6zu bytes | drawn, read back, packed "
            "%5.0f, %5zu | x %.2f\n",
            bare, hex / labels_a_slice, ours, packed / labels_a_slice, ours / bare);
        std::fflush(stdout);
        rates.push_back(ours);
        ratios.push_back(ours / bare);
    }
    return {{"labels_per_s", median(rates), 0}, {"ratio_bare", median(ratios), 2}};
}

}  // namespace kemas::bench
