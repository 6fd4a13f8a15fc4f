#include "core/rating/rerate.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "core/rating/amounts.hpp"
#include "core/rating/rate_text.hpp"

namespace kemas::rating {
namespace {

constexpr std::size_t kMostSamples = 2000;

std::string kilograms_of(std::int64_t ticks, const ServiceRow& service) {
    return weight_text(ticks, service.unit);
}

}  // namespace

std::string_view to_text(Habit habit) {
    switch (habit) {
        case Habit::none:
            return "none";
        case Habit::divisor:
            return "divisor";
        case Habit::rounding:
            return "rounding";
        case Habit::tolerance:
            return "tolerance";
        case Habit::minimum:
            return "minimum";
        case Habit::weight:
            return "weight";
        case Habit::zone:
            return "zone";
        case Habit::surcharge:
            return "surcharge";
        case Habit::unknown:
            break;
    }
    return "unknown";
}

// Tries one change at a time and keeps those that give their sum.
class Rerating::Search {
 public:
    Search(const RateBook& book, const InvoiceLine& line, const Request& request, const Quote& ours)
        : book_(book), line_(line), request_(request), ours_(ours), service_(ours.service) {}

    std::vector<Cause> causes(const std::vector<PlaceCells>& places) {
        divisors();
        roundings();
        minimums();
        their_weight();
        surcharges();
        if (line_.billed.value == 0 || line_.billed == ours_.weight.weight) zones(places);
        return std::move(found_);
    }

 private:
    bool matches(const Quote& quote) const {
        return quote.total == line_.amount &&
               (line_.billed.value == 0 || quote.weight.weight == line_.billed);
    }

    bool gives_theirs(const ServiceRow& rules, const Request& request) const {
        const auto family = book_.family(service_.courier, service_.code);
        if (!family) return false;
        const auto places = places_of(book_, request);
        auto lane = lane_to(book_, *family, places, request.day);
        lane.service = &rules;
        const auto quoted = quote(book_, lane, request);
        return quoted && matches(*quoted);
    }

    void try_rules(const ServiceRow& rules, Habit habit, std::string how) {
        if (gives_theirs(rules, request_)) found_.push_back({habit, std::move(how)});
    }

    void divisors() {
        for (const std::int64_t divisor : {4000, 5000, 6000, 3500, 4500, 5500, 7000, 8000}) {
            if (divisor == service_.divisor) continue;
            auto rules = service_;
            rules.divisor = divisor;
            try_rules(rules, Habit::divisor,
                      "divisor " + std::to_string(divisor) + " instead of " +
                          (service_.divisor > 0 ? std::to_string(service_.divisor) : "none"));
        }
        auto rules = service_;
        if (service_.divisor > 0) {
            rules.divisor = 0;
            try_rules(rules, Habit::divisor, "volume not counted");
        }
        if (service_.volumetric_above_cm3 > 0) {
            rules = service_;
            rules.volumetric_above_cm3 = 0;
            try_rules(rules, Habit::divisor,
                      "volume counted below " + std::to_string(service_.volumetric_above_cm3) +
                          " cm3 too");
        }
    }

    void roundings() {
        for (const auto rounding : {Rounding::up, Rounding::half_up}) {
            if (rounding == service_.rounding) continue;
            auto rules = service_;
            rules.rounding = rounding;
            try_rules(rules, Habit::rounding,
                      "rounded " + std::string(to_text(rounding)) + " instead of " +
                          std::string(to_text(service_.rounding)));
        }
        for (const std::int64_t step : {1, 100, 500, 1000}) {
            if (step == service_.step_g) continue;
            auto rules = service_;
            rules.step_g = step;
            rules.tolerance_g = std::min(rules.tolerance_g, step - 1);
            try_rules(rules, Habit::rounding,
                      "steps of " + kilograms_of(step, service_) + " instead of " +
                          kilograms_of(service_.step_g, service_));
        }
        if (service_.rounding == Rounding::tolerance) {
            auto rules = service_;
            rules.edge = rules.edge == Edge::inclusive ? Edge::exclusive : Edge::inclusive;
            try_rules(rules, Habit::tolerance,
                      "edge " + std::string(to_text(rules.edge)) + " instead of " +
                          std::string(to_text(service_.edge)));
        }
        for (const std::int64_t tolerance : {100, 200, 250, 300, 400, 500}) {
            const bool same =
                service_.rounding == Rounding::tolerance && tolerance == service_.tolerance_g;
            if (same || tolerance >= service_.step_g) continue;
            auto rules = service_;
            rules.rounding = Rounding::tolerance;
            rules.tolerance_g = tolerance;
            try_rules(rules, Habit::tolerance,
                      "tolerance " + kilograms_of(tolerance, service_) + " instead of " +
                          (service_.rounding == Rounding::tolerance
                               ? kilograms_of(service_.tolerance_g, service_)
                               : "none"));
        }
    }

    void minimums() {
        for (const std::int64_t minimum : {0, 1000, 2000, 3000, 5000, 10'000}) {
            if (minimum == service_.minimum_g) continue;
            auto rules = service_;
            rules.minimum_g = minimum;
            try_rules(rules, Habit::minimum,
                      "at least " + kilograms_of(minimum, service_) + " instead of " +
                          kilograms_of(service_.minimum_g, service_));
        }
    }

    // Their weight as the only thing that is different; without it, the next few steps.
    void their_weight() {
        const auto step = milligrams(service_.step_g, service_.unit);
        std::vector<Milligrams> weights{line_.billed};
        if (line_.billed.value == 0) {
            weights.clear();
            for (std::int64_t n = -3; n <= 5; ++n)
                if (n != 0) weights.push_back({ours_.weight.weight.value + n * step.value});
        }
        for (const auto weight : weights) {
            if (weight.value <= 0 || weight == ours_.weight.weight) continue;
            auto request = request_;
            request.pieces = {{weight, {{1}, {1}, {1}}}};
            auto rules = service_;
            rules.minimum_g = 0;
            if (gives_theirs(rules, request))
                found_.push_back({Habit::weight, line_.billed.value > 0
                                                     ? "weighed or measured otherwise"
                                                     : "billed by another weight"});
        }
    }

    void surcharges() {
        for (const auto& line : ours_.lines)
            if (&line != &ours_.lines.front() && ours_.total - line.amount == line_.amount)
                found_.push_back({Habit::surcharge, line.name + " not charged"});
        const auto with = [&](bool Request::*flag, const char* how) {
            if (request_.*flag) return;
            auto request = request_;
            request.*flag = true;
            if (gives_theirs(service_, request)) found_.push_back({Habit::surcharge, how});
        };
        with(&Request::insured, "insurance charged");
        with(&Request::wooden, "wooden packing charged");
    }

    void zones(const std::vector<PlaceCells>& places) {
        for (const auto& place : places) {
            auto request = request_;
            request.area_code = place.area;
            request.postal_code = place.postal;
            request.country = place.country;
            if (!gives_theirs(service_, request)) continue;
            const auto name = !place.area.empty()     ? place.area
                              : !place.postal.empty() ? "postal " + place.postal
                                                      : "country " + place.country;
            found_.push_back({Habit::zone, "the rate for " + name});
            return;
        }
    }

    const RateBook& book_;
    const InvoiceLine& line_;
    const Request& request_;
    const Quote& ours_;
    const ServiceRow service_;
    std::vector<Cause> found_;
};

// One place for each different price of the service: hundreds, where the tariff has a row for each
// of thousands of districts.
const std::vector<PlaceCells>& Rerating::samples(const ServiceRow& service) {
    auto [it, is_new] = samples_.try_emplace(service.courier + "\n" + service.code);
    if (!is_new) return it->second;
    std::set<std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::string>> seen;
    for (const auto& rate : tariff_.rates) {
        if (it->second.size() >= kMostSamples) break;
        if (rate.courier != service.courier || rate.service != service.code) continue;
        if (!seen.emplace(rate.first_g, rate.first_price.value, rate.per_step.value, rate.up_to_g,
                          rate.zone)
                 .second)
            continue;
        const auto only_code = [](const std::string& postal) {
            return postal.find_first_of("*-") == postal.npos ? postal : std::string();
        };
        PlaceCells place{rate.area_prefix, rate.country, only_code(rate.postal), ""};
        if (!rate.zone.empty()) {
            const auto zone =
                std::find_if(tariff_.zones.begin(), tariff_.zones.end(), [&](const ZoneRow& row) {
                    return row.zone == rate.zone && row.courier == rate.courier &&
                           (row.service == "*" || row.service == rate.service);
                });
            if (zone == tariff_.zones.end()) continue;
            place = {zone->area_prefix, zone->country, only_code(zone->postal), ""};
        }
        if (!(place.area + place.country + place.postal).empty())
            it->second.push_back(std::move(place));
    }
    return it->second;
}

void Rerating::add(const InvoiceLine& line, const Request& request) {
    theirs_ += line.amount;
    const auto ours = quote(book_, request);
    if (!ours) {
        lines_.push_back({{line, {}, {}, Habit::unknown, ours.error().what}, {}});
        return;
    }
    ours_ += ours->total;
    if (ours->total == line.amount) {
        ++same_;
        return;
    }
    InvoiceDifference told{line, ours->total, ours->weight.weight, Habit::unknown, ""};
    lines_.push_back(
        {std::move(told), Search(book_, line, request, *ours).causes(samples(ours->service))});
}

InvoiceReport Rerating::report() const {
    InvoiceReport report;
    report.parcels = same_ + static_cast<std::int64_t>(lines_.size());
    report.same = same_;
    report.theirs = theirs_;
    report.ours = ours_;
    std::map<std::pair<Habit, std::string>, std::int64_t> votes;
    for (const auto& line : lines_)
        for (const auto& cause : line.causes) ++votes[{cause.habit, cause.how}];
    for (const auto& line : lines_) {
        auto told = line.told;
        std::int64_t most = 0;
        for (const auto& cause : line.causes) {
            const auto count = votes[{cause.habit, cause.how}];
            if (count <= most) continue;
            most = count;
            told.habit = cause.habit;
            told.how = cause.how;
        }
        auto& sum = report.habits[{told.habit, told.how}];
        ++sum.parcels;
        sum.difference += told.theirs.amount - told.ours;
        report.differences.push_back(std::move(told));
    }
    return report;
}

}  // namespace kemas::rating
