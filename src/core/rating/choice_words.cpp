#include "core/rating/choice_words.hpp"

#include "core/rating/amounts.hpp"
#include "core/rating/choice_filters.hpp"
#include "core/rating/choice_order.hpp"
#include "core/rating/choose.hpp"

namespace kemas::rating {
namespace {

std::string days_text(const Contest& contest, std::int64_t days) {
    return std::to_string(days) +
           (days == 1 ? contest.in(" day", " hari") : contest.in(" days", " hari"));
}

// By what the rule looks at first, where that differs; else empty.
std::string by_the_rule(const Contest& contest, const Offer& offer, const Offer& best,
                        const std::string& against) {
    const auto& rule = contest.rule;
    if (wanted(rule, offer) == wanted(rule, best)) return "";
    switch (rule.strategy) {
        case Strategy::fastest:
            return days_text(contest, offer.days) + against + std::to_string(best.days);
        case Strategy::preferred:
            return offer.preference < rule.preferred.size()
                       ? contest.in("preferred after ", "diutamakan setelah ") +
                             rule.preferred[best.preference]
                       : contest.in("not among the preferred", "tidak termasuk yang diutamakan");
        case Strategy::most_reliable:
            return (offer.punctuality.share < 0
                        ? contest.in("punctuality unknown", "ketepatan tidak diketahui")
                        : share_text(offer.punctuality.share) +
                              contest.in(" on time", " tepat waktu")) +
                   against + share_text(best.punctuality.share);
        case Strategy::cheapest:
            break;
    }
    return "";
}

std::string by_what_is_left(const Contest& contest, const Offer& offer, const Offer& best,
                            const std::string& against) {
    const auto money = [&](std::int64_t amount) {
        return amount_text({amount}, contest.book.currency());
    };
    if (offer.total() != best.total()) return money(offer.total()) + against + money(best.total());
    const auto same = contest.in("same price ", "harga sama ") + money(offer.total());
    if (offer.days != best.days) {
        return same + ", " + std::to_string(offer.days) + contest.in(" days", " hari") + against +
               std::to_string(best.days);
    }
    if (offer.preference != best.preference)
        return same + contest.in(" and days, preferred less", " dan hari sama, kurang diutamakan");
    return same + contest.in(" and days, later in the alphabet", " dan hari sama, abjad kemudian");
}

}  // namespace

std::string share_text(std::int64_t basis_points) {
    return amount_text({basis_points}, {"", 2}) + " %";
}

std::string unproven_text(const Contest& contest, const Punctuality& punctuality) {
    if (punctuality.parcels == 0)
        return contest.in("nothing is known of its punctuality", "ketepatannya belum diketahui");
    return contest.in("not yet proven: ", "belum terbukti: ") +
           std::to_string(punctuality.parcels) +
           (punctuality.parcels == 1 ? contest.in(" parcel of ", " paket dari ")
                                     : contest.in(" parcels of ", " paket dari ")) +
           std::to_string(contest.reliable_from);
}

std::string proof_text(const Contest& contest, const Offer& offer) {
    if (!asks_for_punctuality(contest.rule)) return "";
    if (offer.punctuality.share < 0) return unproven_text(contest, offer.punctuality);
    return share_text(offer.punctuality.share) + contest.in(" of ", " dari ") +
           std::to_string(offer.punctuality.parcels) +
           contest.in(" parcels on time", " paket tepat waktu");
}

std::string why_lost(const Contest& contest, const Offer& offer, const Offer& best) {
    const auto against = contest.in(" against ", " dibanding ");
    auto why = by_the_rule(contest, offer, best, against);
    if (!why.empty()) return why;
    why = by_what_is_left(contest, offer, best, against);
    if (contest.rule.least_on_time > 0 && offer.punctuality.share < 0)
        why += "; " + unproven_text(contest, offer.punctuality);
    return why;
}

std::string why_out(const Contest& contest, const Offer& offer) {
    return offer.barred.empty()
               ? refusal_text(contest.book, offer.lane, offer.price, contest.request)
               : offer.barred;
}

std::string why_nobody(const Contest& contest, std::span<const Offer> offers) {
    auto what = contest.in("No service takes this parcel to area ",
                           "Tidak ada layanan yang menerima paket ini ke wilayah ") +
                contest.request.area_code +
                contest.in("; choose by hand or complete the tariff.",
                           "; pilih sendiri atau lengkapi tarifnya.");
    for (const auto& offer : offers) {
        const auto& rules = contest.book.any_rules(offer.lane.family);
        what += " " + rules.courier + " " + rules.code + ": " + why_out(contest, offer);
    }
    return what;
}

std::string to_text(const Choice& choice) {
    const auto& best = choice.best;
    const auto in = [&](const char* english, const char* indonesian) -> std::string {
        return say(best.inputs.tongue, english, indonesian);
    };
    auto text = in("rule ", "aturan ") +
                (choice.rule.empty() ? in("cheapest", "termurah") : choice.rule) + ": " +
                best.service.courier + " " + best.service.code + in(" for ", " seharga ") +
                best.currency.code + " " + amount_text(best.total, best.currency);
    if (!choice.proof.empty()) text += ", " + choice.proof;
    for (const auto& loser : choice.losers)
        text += "\n" + loser.courier + " " + loser.service + ": " + loser.why;
    return text;
}

}  // namespace kemas::rating
