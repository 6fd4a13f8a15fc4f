#include "core/rating/quote.hpp"

#include <cstdint>
#include <limits>
#include <utility>

#include "core/rating/amounts.hpp"
#include "core/rating/price_engine.hpp"
#include "core/rating/promise.hpp"

namespace kemas::rating {
namespace {

std::string percent_text(std::int64_t basis_points) {
    return amount_text({basis_points}, {"", 2}) + " %";
}

// Puts each sum into words as the price is made.
class Words {
 public:
    Words(const ServiceRow& service, const Currency& currency, Quote& quote, Tongue tongue)
        : service_(service), currency_(currency), quote_(quote), tongue_(tongue) {}

    void weight(const Billed& billed) {
        const auto one = explain(service_, billed, tongue_);
        auto& all = quote_.weight;
        all.actual += one.actual;
        all.volumetric += one.volumetric;
        all.weight += one.weight;
        all.how += (all.how.empty() ? "" : "; ") + one.how;
        quote_.by_volume = quote_.by_volume || billed.by_volume;
    }

    // One price for all steps reads as one line: "2 x 1 kg x 9000".
    void freight(const FreightSum& sum) {
        const auto& rate = *sum.rate;
        const auto step = weight_text(sum.step, service_.unit);
        if (!sum.exact && rate.first_g == sum.step && rate.first_price == rate.per_step) {
            add(in("freight", "ongkos kirim"), sum.amount,
                std::to_string(sum.further + 1) + " x " + step + " x " + money(rate.per_step));
            return band(rate);
        }
        const auto first = weight_text(rate.first_g, service_.unit);
        const auto at = in(" at ", " seharga ") + money(rate.first_price);
        add(in("freight", "ongkos kirim"), {rate.first_price},
            (rate.up_to_g == rate.first_g ? in("up to ", "sampai ") : in("first ", "pertama ")) +
                first + at);
        band(rate);
        if (sum.further == 0) return;
        add(in("further weight", "berat selebihnya"), sum.amount - Money{rate.first_price},
            sum.exact ? weight_text(sum.further, service_.unit) + " x " + money(rate.per_step) +
                            in(" per ", " per ") + step
                      : std::to_string(sum.further) + " x " + step + " x " + money(rate.per_step));
        band(rate);
    }

    void surcharge(const SurchargeSum& sum) {
        const auto& row = sum.surcharge->row;
        auto how = kind(sum);
        if (row.plus > Money{}) how += " + " + amount_text(row.plus, currency_);
        if (sum.times > 1) how += ", " + std::to_string(sum.times) + in(" pieces", " koli");
        if (sum.rounded && row.round_up_to > Money{1}) {
            const auto to = row.round == AmountRounding::half_up ? in("to the nearest ", "ke ")
                            : row.round == AmountRounding::down  ? in("down to ", "turun ke ")
                                                                 : in("up to ", "naik ke ");
            how += in(", rounded ", ", dibulatkan ") + to + amount_text(row.round_up_to, currency_);
        }
        if (sum.at_least)
            how += in(", at least ", ", paling sedikit ") + amount_text(row.minimum, currency_);
        if (sum.at_most)
            how += in(", at most ", ", paling banyak ") + amount_text(row.limit, currency_);
        add(row.name, sum.amount, std::move(how));
        quote_.lines.back().tax = row.tax;
    }

 private:
    std::string in(const char* english, const char* indonesian) const {
        return say(tongue_, english, indonesian);
    }
    void band(const Rate& rate) {
        constexpr auto no_end = std::numeric_limits<std::uint32_t>::max();
        if (rate.up_to_g != no_end) quote_.lines.back().band_up_to_g = rate.up_to_g;
    }
    std::string money(std::int64_t amount) const { return amount_text({amount}, currency_); }

    void add(std::string name, Money amount, std::string how) {
        quote_.lines.push_back({std::move(name), amount, std::move(how)});
    }

    std::string percentage(const SurchargeSum& sum, const std::string& of) const {
        return percent_text(sum.surcharge->row.amount) + in(" of ", " dari ") + of + " " +
               money(sum.base.value);
    }

    std::string kind(const SurchargeSum& sum) const {
        const auto& row = sum.surcharge->row;
        const auto by_kg = [&](std::int64_t amount) {
            return kilograms(sum.weight) + " x " + money(amount);
        };
        switch (row.kind) {
            case SurchargeKind::flat:
                return row.amount == 0 ? in("no fee", "tanpa biaya")
                                       : in("flat ", "tetap ") + money(row.amount);
            case SurchargeKind::per_kg:
                return by_kg(row.amount);
            case SurchargeKind::flat_or_per_kg:
                return sum.by_kg ? by_kg(row.per_kg.value) + in(", more than ", ", lebih dari ") +
                                       money(row.amount)
                                 : in("flat ", "tetap ") + money(row.amount) +
                                       in(", not less than ", ", tidak kurang dari ") +
                                       by_kg(row.per_kg.value);
            case SurchargeKind::per_m3:
                return amount_text({sum.volume / 1000}, {"", 6}) + " m3 x " + money(row.amount);
            case SurchargeKind::percent_of_freight: {
                auto of = in("freight", "ongkos kirim");
                for (const char c : row.of.empty() ? "" : "|" + row.of)
                    of += c == '|' ? in(" and ", " dan ") : std::string(1, c);
                return percentage(sum, of);
            }
            case SurchargeKind::percent_of_total:
                return percentage(sum, in("the total", "jumlah"));
            case SurchargeKind::percent_of_cod:
                return percentage(sum, "COD");
            case SurchargeKind::percent_of_value:
                return percentage(sum, in("value", "nilai"));
        }
        return {};
    }

    const ServiceRow& service_;
    const Currency& currency_;
    Quote& quote_;
    Tongue tongue_;
};

std::string where(const Request& request) {
    auto text = request.area_code;
    const auto add = [&](const std::string& part) {
        if (!part.empty()) text += (text.empty() ? "" : " ") + part;
    };
    if (text.empty() || !request.country.empty()) add(request.postal_code);
    add(request.country);
    return text;
}

std::string place_text(const PlaceKey& place) {
    if (place.kind() == PlaceKind::area && place.country().empty())
        return std::string(place.text());
    const bool anywhere = place.kind() == PlaceKind::country && place.country().empty();
    return anywhere ? "" : to_text(place);
}

}  // namespace

Places places_of(const RateBook& book, const Request& request) {
    return book.places(request.country, request.area_code, postal_code(request.postal_code));
}

Shipment shipment_of(const Request& request, Piece& only) {
    only = {request.gross, request.outer};
    Shipment shipment;
    shipment.pieces = request.pieces.empty() ? std::span<const Piece>(&only, 1)
                                             : std::span<const Piece>(request.pieces);
    shipment.cod = request.cod;
    shipment.value = request.value;
    shipment.cod_same_day = request.cod_same_day;
    shipment.settlement_days = request.settlement_days;
    shipment.insured = request.insured;
    shipment.dangerous = request.dangerous;
    shipment.wooden = request.wooden;
    return shipment;
}

std::string refusal_text(const RateBook& book, const Lane& lane, const Price& price,
                         const Request& request) {
    const auto& rules = book.any_rules(lane.family);
    return refusal_text(price.refusal, price.facts, rules.courier, rules.code, rules.unit,
                        book.currency(), where(request), request.tongue);
}

Result<Quote> quote(const RateBook& book, const Lane& lane, const Request& request) {
    Quote quote;
    Piece only;
    const auto shipment = shipment_of(request, only);
    Price price;
    if (lane.service == nullptr) {
        price.refusal = lane.refusal;
    } else {
        Words words(*lane.service, book.currency(), quote, request.tongue);
        price = PriceEngine<Words>(book, lane, shipment, words).run();
    }
    if (price.refusal != Refusal::none)
        return fail(Remedy::call_person, refusal_text(book, lane, price, request));
    quote.service = *lane.service;
    quote.area_prefix = place_text(book.place(lane.place));
    if (lane.zone != kNowhere) quote.zone = book.place(lane.zone).text();
    quote.total = price.total;
    quote.currency = book.currency();
    quote.rate_book = book.version();
    quote.transit_days = price.transit_days;
    if (request.day != kForever) {
        quote.promised =
            promised_day(book, *lane.service, request.day, request.minute, price.transit_days);
    }
    quote.inputs = request;
    return quote;
}

Result<Quote> quote(const RateBook& book, const Request& request) {
    const auto family = book.family(request.courier, request.service);
    if (!family) {
        return fail(Remedy::call_person,
                    refusal_text(Refusal::no_service, {}, request.courier, request.service,
                                 Unit::kilogram, book.currency(), "", request.tongue));
    }
    const auto places = places_of(book, request);
    return quote(book, lane_to(book, *family, places, request.day), request);
}

std::string to_text(const Quote& quote) {
    const auto in = [&](const char* english, const char* indonesian) {
        return std::string(say(quote.inputs.tongue, english, indonesian));
    };
    auto text = quote.service.courier + " " + quote.service.code + in(" to ", " ke ") +
                where(quote.inputs) + in(" (rate for ", " (tarif untuk ") +
                (quote.area_prefix.empty() ? in("anywhere", "mana saja") : quote.area_prefix) +
                (quote.zone.empty() ? "" : in(", zone ", ", zona ") + quote.zone) +
                in(", rate book ", ", buku tarif ") + quote.rate_book + ")\n" + quote.weight.how;
    for (const auto& line : quote.lines) {
        text += "\n" + line.name + " " + amount_text(line.amount, quote.currency) + ": " + line.how;
    }
    text += in("\ntotal ", "\njumlah ") + quote.currency.code + " " +
            amount_text(quote.total, quote.currency);
    if (quote.promised != kForever) {
        text += in("\npromised for ", "\ndijanjikan ") + to_text(quote.promised) + ": " +
                std::to_string(quote.transit_days) +
                in(" days in transit from ", " hari perjalanan sejak ") + to_text(quote.inputs.day);
    }
    return text;
}

}  // namespace kemas::rating
