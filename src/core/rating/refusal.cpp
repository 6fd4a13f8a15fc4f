#include "core/rating/refusal.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/rating/amounts.hpp"

namespace kemas::rating {
namespace {

enum class Kind { money, mm, ticks, milligrams, days };

// {name} is courier and service, {area} where to, {found} and {allowed} the facts, {other} and
// {split} the usual next steps.
struct Sentence {
    Refusal refusal;
    const char *english, *indonesian;
    Kind found = Kind::money, allowed = Kind::money;
};

constexpr std::array<Sentence, 23> kSentences{
    {{Refusal::no_service, "The tariff has no service {name}; import it or choose another service.",
      "Tarif tidak mengenal layanan {name}; impor atau pilih layanan lain."},
     {Refusal::not_that_day,
      "{name} has no rules for that day; import its tariff of the day{other}",
      "{name} tidak punya aturan untuk hari itu; impor tarif hari itu{other}"},
     {Refusal::amount_impossible, "{name}: the amount {found} is impossible; correct the order.",
      "{name}: jumlah {found} tidak mungkin; perbaiki pesanannya."},
     {Refusal::cod_not, "{name} collects no cash; choose a service with COD.",
      "{name} tidak menagih COD; pilih layanan dengan COD."},
     {Refusal::cod_low, "{name} collects from {allowed}, not {found}{other}",
      "{name} menagih mulai {allowed}, bukan {found}{other}"},
     {Refusal::cod_high, "{name} collects up to {allowed}, not {found}{other}",
      "{name} menagih paling banyak {allowed}, bukan {found}{other}"},
     {Refusal::cod_of_customer,
      "{name} collects up to {allowed} from one customer a day, and this parcel would make it "
      "{found}; send it tomorrow or choose another service.",
      "{name} menagih paling banyak {allowed} dari satu pelanggan sehari, dan paket ini "
      "menjadikannya {found}; kirim besok atau pilih layanan lain."},
     {Refusal::value_high, "{name} takes goods worth up to {allowed}, not {found}{other}",
      "{name} menerima barang senilai paling banyak {allowed}, bukan {found}{other}"},
     {Refusal::dangerous, "{name} takes no dangerous goods{other}",
      "{name} tidak menerima barang berbahaya{other}"},
     {Refusal::no_rate,
      "{name} has no rate to area {area}; add it to the tariff or choose another service.",
      "{name} tidak punya tarif ke wilayah {area}; tambahkan ke tarif atau pilih layanan lain."},
     {Refusal::no_piece, "{name}: the shipment has no parcel, or more than 1000.",
      "{name}: kiriman tanpa paket, atau lebih dari 1000."},
     {Refusal::no_weight, "{name}: the parcel has no usable weight ({found}); weigh it again.",
      "{name}: berat paket tidak dapat dipakai ({found}); timbang lagi.", Kind::milligrams},
     {Refusal::side_impossible,
      "{name}: a side of {found} is impossible; correct the carton's size.",
      "{name}: sisi {found} tidak mungkin; perbaiki ukuran kardus.", Kind::mm},
     {Refusal::no_size,
      "{name} bills or limits by size and the parcel has none; give the carton its length, width "
      "and height.",
      "{name} menghitung atau membatasi ukuran dan paket ini tanpa ukuran; isi panjang, lebar dan "
      "tinggi kardusnya."},
     {Refusal::weight_high,
      "{name} carries at most {allowed} and this parcel counts {found}{split}",
      "{name} membawa paling banyak {allowed} dan paket ini dihitung {found}{split}", Kind::ticks,
      Kind::ticks},
     {Refusal::gross_high,
      "{name} takes pieces up to {allowed} on the scale and this one weighs {found}{split}",
      "{name} menerima paket sampai {allowed} di timbangan dan yang ini {found}{split}",
      Kind::milligrams, Kind::ticks},
     {Refusal::side_long, "{name} takes sides up to {allowed}, not {found}{other}",
      "{name} menerima sisi sampai {allowed}, bukan {found}{other}", Kind::mm, Kind::mm},
     {Refusal::sides_sum,
      "{name} takes length, width and height of together {allowed}, not {found}{other}",
      "{name} menerima panjang, lebar dan tinggi bersama sampai {allowed}, bukan {found}{other}",
      Kind::mm, Kind::mm},
     {Refusal::girth, "{name} takes a girth up to {allowed}, not {found}{other}",
      "{name} menerima lingkar sampai {allowed}, bukan {found}{other}", Kind::mm, Kind::mm},
     {Refusal::length_girth,
      "{name} takes length and girth of together {allowed}, not {found}{other}",
      "{name} menerima panjang dan lingkar bersama sampai {allowed}, bukan {found}{other}",
      Kind::mm, Kind::mm},
     {Refusal::above_table,
      "{name} has rates up to {allowed} to area {area} and this parcel counts {found}{split}",
      "{name} punya tarif sampai {allowed} ke wilayah {area} dan paket ini dihitung {found}{split}",
      Kind::ticks, Kind::ticks},
     {Refusal::total_impossible, "{name}: the price leaves all bounds; correct the tariff.",
      "{name}: harganya melampaui segala batas; perbaiki tarif."},
     {Refusal::cod_settlement,
      "{name} asks for COD by when it pays out and has no fee for {found}; set settlement_days in "
      "[rating], or add the fee to the tariff.",
      "{name} memungut biaya COD menurut hari pencairan dan tidak punya biaya untuk {found}; isi "
      "settlement_days di [rating], atau tambahkan biayanya ke tarif.",
      Kind::days}}};

std::string fact(Kind kind, std::int64_t value, Unit unit, const Currency& currency,
                 Tongue tongue) {
    switch (kind) {
        case Kind::days:
            return value == 0 ? say(tongue, "an agreement without days", "perjanjian tanpa hari")
                              : std::to_string(value) + say(tongue, " days", " hari");
        case Kind::money:
            return amount_text({value}, currency);
        case Kind::mm:
            return std::to_string(value) + " mm";
        case Kind::ticks:
            return weight_text(value, unit);
        case Kind::milligrams:
            return kilograms({value});
    }
    return {};
}

// `sentence` with what `word` says in place of each {slot}.
template <class Word>
std::string filled(std::string_view sentence, const Word& word) {
    std::string text;
    for (;;) {
        const auto open = sentence.find('{');
        text += sentence.substr(0, open);
        if (open == sentence.npos) return text;
        const auto close = sentence.find('}', open);
        text += word(sentence.substr(open + 1, close - open - 1));
        sentence.remove_prefix(close + 1);
    }
}

}  // namespace

std::string refusal_text(Refusal refusal, RefusalFacts facts, const std::string& courier,
                         const std::string& service, Unit unit, const Currency& currency,
                         const std::string& area, Tongue tongue) {
    const auto found = std::find_if(kSentences.begin(), kSentences.end(),
                                    [&](const Sentence& s) { return s.refusal == refusal; });
    if (found == kSentences.end()) return {};
    const auto word = [&](std::string_view slot) -> std::string {
        if (slot == "name") return courier + " " + service;
        if (slot == "area")
            return area.empty() ? say(tongue, "(none given)", "(tidak diisi)") : area;
        if (slot == "found") return fact(found->found, facts.found, unit, currency, tongue);
        if (slot == "allowed") return fact(found->allowed, facts.allowed, unit, currency, tongue);
        if (slot == "other")
            return say(tongue, "; choose another service.", "; pilih layanan lain.");
        return say(tongue, "; split it or choose another service.",
                   "; bagi paketnya atau pilih layanan lain.");
    };
    return filled(say(tongue, found->english, found->indonesian), word);
}

}  // namespace kemas::rating
