#include "core/rating/rerate_search.hpp"

#include <algorithm>
#include <utility>

#include "core/rating/amounts.hpp"

namespace kemas::rating {
namespace {

std::string rounding_words(Rounding rounding, Tongue tongue) {
    switch (rounding) {
        case Rounding::up:
            return say(tongue, "up", "ke atas");
        case Rounding::half_up:
            return say(tongue, "to the nearest", "ke yang terdekat");
        case Rounding::tolerance:
            return say(tongue, "tolerance", "dengan toleransi");
    }
    return {};
}

}  // namespace

Rerating::Search::Search(const RateBook& book, const RateBook& in_force, const InvoiceLine& line,
                         const Request& request, const Quote& ours)
    : book_(book),
      in_force_(in_force),
      line_(line),
      request_(request),
      ours_(ours),
      service_(ours.service),
      family_(book.family(service_.courier, service_.code).value_or(0)),
      places_(places_of(book, request)),
      lane_(lane_to(book, family_, places_, request.day)) {}

std::vector<Rerating::Cause> Rerating::Search::causes(const std::vector<PlaceCells>& places) {
    prices_of_now();
    divisors();
    roundings();
    tolerances();
    minimums();
    their_weight();
    surcharges();
    if (line_.billed.value == 0 || line_.billed == ours_.weight.weight) zones(places);
    return std::move(found_);
}

std::string Rerating::Search::instead(const std::string& theirs, const std::string& ours) const {
    return theirs + in(" instead of ", ", bukan ") + ours;
}

bool Rerating::Search::is_theirs(const Price& price) const {
    return price.refusal == Refusal::none && price.total == line_.amount &&
           (line_.billed.value == 0 || milligrams(price.billed, service_.unit) == line_.billed);
}

bool Rerating::Search::gives_theirs(const ServiceRow& rules) const {
    Piece only;
    auto lane = lane_;
    lane.service = &rules;
    return is_theirs(price(book_, lane, shipment_of(request_, only)));
}

bool Rerating::Search::gives_theirs(const ServiceRow& rules, const Request& request) const {
    Piece only;
    const auto places = places_of(book_, request);
    auto lane = lane_to(book_, family_, places, request.day);
    lane.service = &rules;
    return is_theirs(price(book_, lane, shipment_of(request, only)));
}

// A tariff that changed between the label and the invoice.
void Rerating::Search::prices_of_now() {
    const auto family = in_force_.family(service_.courier, service_.code);
    if (!family || in_force_.version() == book_.version()) return;
    Piece only;
    const auto places = places_of(in_force_, request_);
    const auto lane = lane_to(in_force_, *family, places, request_.day);
    if (is_theirs(price(in_force_, lane, shipment_of(request_, only))))
        found(Habit::tariff, in("the prices in force now, not those of the label",
                                "harga yang berlaku kini, bukan harga saat labelnya dibuat"));
}

void Rerating::Search::divisors() {
    auto rules = service_;
    for (const std::int64_t divisor : {4000, 5000, 6000, 3500, 4500, 5500, 7000, 8000}) {
        if (divisor == service_.divisor) continue;
        rules.divisor = divisor;
        if (gives_theirs(rules))
            found(Habit::divisor, instead(in("divisor ", "pembagi ") + std::to_string(divisor),
                                          service_.divisor > 0 ? std::to_string(service_.divisor)
                                                               : in("none", "tanpa pembagi")));
    }
    if (service_.divisor == 0) return;
    rules.divisor = 0;
    if (gives_theirs(rules))
        found(Habit::divisor, in("volume not counted", "volume tidak dihitung"));
    if (service_.volumetric_above_cm3 == 0) return;
    rules = service_;
    rules.volumetric_above_cm3 = 0;
    if (gives_theirs(rules)) {
        const auto above = std::to_string(service_.volumetric_above_cm3);
        found(Habit::divisor, in("volume counted below ", "volume di bawah ") + above +
                                  in(" cm3 too", " cm3 ikut dihitung"));
    }
}

void Rerating::Search::roundings() {
    for (const auto rounding : {Rounding::up, Rounding::half_up}) {
        if (rounding == service_.rounding) continue;
        auto rules = service_;
        rules.rounding = rounding;
        const auto tongue = request_.tongue;
        if (gives_theirs(rules))
            found(Habit::rounding,
                  instead(in("rounded ", "dibulatkan ") + rounding_words(rounding, tongue),
                          rounding_words(service_.rounding, tongue)));
    }
    for (const std::int64_t step : {1, 100, 500, 1000}) {
        if (step == service_.step_g) continue;
        auto rules = service_;
        rules.step_g = step;
        rules.tolerance_g = std::min(rules.tolerance_g, step - 1);
        if (gives_theirs(rules))
            found(Habit::rounding,
                  instead(in("steps of ", "kelipatan ") + weight_text(step, service_.unit),
                          weight_text(service_.step_g, service_.unit)));
    }
}

void Rerating::Search::tolerances() {
    const bool forgives = service_.rounding == Rounding::tolerance;
    if (forgives) {
        auto rules = service_;
        rules.edge = rules.edge == Edge::inclusive ? Edge::exclusive : Edge::inclusive;
        if (gives_theirs(rules))
            found(Habit::tolerance,
                  instead(in("edge ", "tepi toleransi ") + std::string(to_text(rules.edge)),
                          std::string(to_text(service_.edge))));
    }
    for (const std::int64_t tolerance : {100, 200, 250, 300, 400, 500}) {
        if ((forgives && tolerance == service_.tolerance_g) || tolerance >= service_.step_g)
            continue;
        auto rules = service_;
        rules.rounding = Rounding::tolerance;
        rules.tolerance_g = tolerance;
        if (gives_theirs(rules))
            found(Habit::tolerance,
                  instead(in("tolerance ", "toleransi ") + weight_text(tolerance, service_.unit),
                          forgives ? weight_text(service_.tolerance_g, service_.unit)
                                   : in("none", "tanpa toleransi")));
    }
}

void Rerating::Search::minimums() {
    for (const std::int64_t minimum : {0, 1000, 2000, 3000, 5000, 10'000}) {
        if (minimum == service_.minimum_g) continue;
        auto rules = service_;
        rules.minimum_g = minimum;
        if (gives_theirs(rules))
            found(Habit::minimum,
                  instead(in("at least ", "paling sedikit ") + weight_text(minimum, service_.unit),
                          weight_text(service_.minimum_g, service_.unit)));
    }
}

// Their weight as the only thing that is different; without it, the next few steps.
void Rerating::Search::their_weight() {
    const auto step = milligrams(service_.step_g, service_.unit);
    std::vector<Milligrams> weights{line_.billed};
    if (line_.billed.value == 0) {
        weights.clear();
        for (std::int64_t n = -3; n <= 5; ++n)
            if (n != 0) weights.push_back({ours_.weight.weight.value + n * step.value});
    }
    auto rules = service_;
    rules.minimum_g = 0;
    for (const auto weight : weights) {
        if (weight.value <= 0 || weight == ours_.weight.weight) continue;
        auto request = request_;
        request.pieces = {{weight, {{1}, {1}, {1}}}};
        if (gives_theirs(rules, request))
            found(Habit::weight,
                  line_.billed.value > 0
                      ? in("weighed or measured otherwise", "ditimbang atau diukur lain")
                      : in("billed by another weight", "ditagih menurut berat lain"));
    }
}

void Rerating::Search::surcharges() {
    for (const auto& line : ours_.lines)
        if (&line != &ours_.lines.front() && ours_.total - line.amount == line_.amount)
            found(Habit::surcharge, line.name + in(" not charged", " tidak ditagih"));
    const auto with = [&](bool Request::*flag, const char* english, const char* indonesian) {
        if (request_.*flag) return;
        auto request = request_;
        request.*flag = true;
        if (gives_theirs(service_, request)) found(Habit::surcharge, in(english, indonesian));
    };
    with(&Request::insured, "insurance charged", "asuransi ditagih");
    with(&Request::wooden, "wooden packing charged", "peti kayu ditagih");
    with(&Request::dangerous, "charged as dangerous goods", "ditagih sebagai barang berbahaya");
}

void Rerating::Search::zones(const std::vector<PlaceCells>& places) {
    for (const auto& place : places) {
        auto request = request_;
        request.area_code = place.area;
        request.postal_code = place.postal;
        request.country = place.country;
        if (!gives_theirs(service_, request)) continue;
        const auto name = !place.area.empty()     ? place.area
                          : !place.postal.empty() ? in("postal ", "kode pos ") + place.postal
                                                  : in("country ", "negara ") + place.country;
        return found(Habit::zone, in("the rate for ", "tarif untuk ") + name);
    }
}

}  // namespace kemas::rating
