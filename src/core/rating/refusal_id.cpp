#include "core/rating/amounts.hpp"
#include "core/rating/refusal.hpp"

namespace kemas::rating {

std::string refusal_in_indonesian(Refusal refusal, RefusalFacts facts, const std::string& courier,
                                  const std::string& service, Unit unit, const Currency& currency,
                                  const std::string& area) {
    const auto name = courier + " " + service;
    const auto money = [&](std::int64_t value) { return amount_text({value}, currency); };
    const auto mm = [](std::int64_t value) { return std::to_string(value) + " mm"; };
    const auto ticks = [&](std::int64_t value) { return weight_text(value, unit); };
    const auto not_but = [](const std::string& most, const std::string& found) {
        return most + ", bukan " + found;
    };
    const std::string other = "; pilih layanan lain.";
    const std::string split = "; bagi paketnya atau pilih layanan lain.";
    switch (refusal) {
        case Refusal::none:
            return {};
        case Refusal::no_service:
            return "Tarif tidak mengenal layanan " + name + "; impor atau pilih layanan lain.";
        case Refusal::not_that_day:
            return name + " tidak punya aturan untuk hari itu; impor tarif hari itu" + other;
        case Refusal::amount_impossible:
            return name + ": jumlah " + money(facts.found) + " tidak mungkin; perbaiki pesanannya.";
        case Refusal::cod_not:
            return name + " tidak menagih COD; pilih layanan dengan COD.";
        case Refusal::cod_low:
            return name + " menagih mulai " + not_but(money(facts.allowed), money(facts.found)) +
                   other;
        case Refusal::cod_high:
            return name + " menagih paling banyak " +
                   not_but(money(facts.allowed), money(facts.found)) + other;
        case Refusal::cod_of_customer:
            return name + " menagih paling banyak " + money(facts.allowed) +
                   " dari satu pelanggan sehari, dan paket ini menjadikannya " +
                   money(facts.found) + "; kirim besok atau pilih layanan lain.";
        case Refusal::value_high:
            return name + " menerima barang senilai paling banyak " +
                   not_but(money(facts.allowed), money(facts.found)) + other;
        case Refusal::dangerous:
            return name + " tidak menerima barang berbahaya" + other;
        case Refusal::no_rate:
            return name + " tidak punya tarif ke wilayah " +
                   (area.empty() ? "(tidak diisi)" : area) +
                   "; tambahkan ke tarif atau pilih layanan lain.";
        case Refusal::no_piece:
            return name + ": kiriman tanpa paket, atau lebih dari 1000.";
        case Refusal::no_weight:
            return name + ": berat paket tidak dapat dipakai (" + kilograms({facts.found}) +
                   "); timbang lagi.";
        case Refusal::side_impossible:
            return name + ": sisi " + mm(facts.found) + " tidak mungkin; perbaiki ukuran kardus.";
        case Refusal::no_size:
            return name +
                   " menghitung atau membatasi ukuran dan paket ini tanpa ukuran; isi panjang, "
                   "lebar dan tinggi kardusnya.";
        case Refusal::weight_high:
            return name + " membawa paling banyak " + ticks(facts.allowed) +
                   " dan paket ini dihitung " + ticks(facts.found) + split;
        case Refusal::gross_high:
            return name + " menerima paket sampai " + ticks(facts.allowed) +
                   " di timbangan dan yang ini " + kilograms({facts.found}) + split;
        case Refusal::side_long:
            return name + " menerima sisi sampai " + not_but(mm(facts.allowed), mm(facts.found)) +
                   other;
        case Refusal::sides_sum:
            return name + " menerima panjang, lebar dan tinggi bersama sampai " +
                   not_but(mm(facts.allowed), mm(facts.found)) + other;
        case Refusal::girth:
            return name + " menerima lingkar sampai " +
                   not_but(mm(facts.allowed), mm(facts.found)) + other;
        case Refusal::length_girth:
            return name + " menerima panjang dan lingkar bersama sampai " +
                   not_but(mm(facts.allowed), mm(facts.found)) + other;
        case Refusal::above_table:
            return name + " punya tarif sampai " + ticks(facts.allowed) + " ke wilayah " + area +
                   " dan paket ini dihitung " + ticks(facts.found) + split;
        case Refusal::total_impossible:
            return name + ": harganya melampaui segala batas; perbaiki tarif.";
    }
    return {};
}

}  // namespace kemas::rating
