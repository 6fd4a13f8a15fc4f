// What to write to a courier about a habit of its invoice, in both languages side by side.
#include "core/rating/amounts.hpp"
#include "core/rating/rerate.hpp"

namespace kemas::rating {
namespace {

// What is asked for, behind the sum and the habit.
const char* request_to(Habit habit, Tongue tongue) {
    switch (habit) {
        case Habit::divisor:
            return say(tongue, "volume counts as our contract says",
                       "volume dihitung menurut kontrak kita");
        case Habit::rounding:
            return say(tongue, "weights are rounded as our contract says",
                       "berat dibulatkan menurut kontrak kita");
        case Habit::tolerance:
            return say(tongue, "the tolerance and its edge are those of our contract",
                       "toleransi dan tepinya menurut kontrak kita");
        case Habit::minimum:
            return say(tongue, "the least weight is that of our contract",
                       "berat minimum menurut kontrak kita");
        case Habit::weight:
            return say(tongue, "please send your weighing records to hold against ours",
                       "mohon kirim catatan timbangannya untuk dibandingkan dengan catatan kami");
        case Habit::zone:
            return say(tongue, "please bill the destination that the labels name",
                       "mohon tagih tujuan yang tertera pada label");
        case Habit::surcharge:
            return say(tongue, "please show what was ordered, or take the charge off",
                       "mohon tunjukkan pesanannya atau hapus biayanya");
        case Habit::tariff:
            return say(tongue, "please bill what held on the day of each label",
                       "mohon tagih menurut tarif pada hari setiap labelnya");
        case Habit::none:
        case Habit::unknown:
            break;
    }
    return say(tongue, "please tell how each amount came about",
               "mohon jelaskan asal setiap jumlahnya");
}

}  // namespace

std::string claim_text(const HabitKey& habit, const HabitSum& sum, const Currency& currency,
                       Tongue tongue) {
    const auto in = [&](const char* english, const char* indonesian) {
        return std::string(say(tongue, english, indonesian));
    };
    if (!habit.is_priced)
        return in("Write nothing yet, our own tariff has no price: ",
                  "Jangan menulis dulu, tarif kita sendiri tanpa harga: ") +
               habit.how;
    const auto count = std::to_string(sum.parcels);
    const auto parcels = count + in(sum.parcels == 1 ? " parcel" : " parcels", " paket");
    const auto how = habit.how.empty() ? std::string() : " (" + habit.how + ")";
    const auto money = [&](Money amount) {
        return currency.code + " " + amount_text(amount, currency);
    };
    if (sum.difference > Money{})
        return in("Please credit ", "Mohon kreditkan ") + money(sum.difference) +
               in(" for ", " untuk ") + parcels + how + ": " + request_to(habit.habit, tongue) +
               ".";
    return in("Nothing to claim: they ask ", "Tidak ada klaim: mereka menagih ") +
           money(Money{} - sum.difference) + in(" less for ", " lebih sedikit untuk ") + parcels +
           how +
           in("; import the tariff if the contract has changed.",
              "; impor tarifnya jika kontraknya berubah.");
}

}  // namespace kemas::rating
