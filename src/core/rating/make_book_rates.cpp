#include <algorithm>
#include <limits>
#include <tuple>

#include "core/rating/book_maker.hpp"

namespace kemas::rating {

bool BookMaker::plain(const PackedRate& rate) const {
    const auto& terms = rows_.rates.terms()[rate.terms];
    return rate.first_g >= 1 && rate.first_g <= kMostGrams && rate.up_to_g <= kMostGrams &&
           terms.per_step_g <= kMostGrams && terms.valid_from <= terms.valid_to;
}

Rate BookMaker::rate_of(const PackedRate& packed, ServiceIndex service) const {
    Rate rate;
    rate.service = service;
    rate.terms = packed.terms;
    rate.place = book_.places_.id_of(at_home(packed.place));
    rate.up_to_g = packed.up_to_g == 0 ? std::numeric_limits<std::uint32_t>::max() : packed.up_to_g;
    rate.first_g = packed.first_g;
    rate.first_price = packed.first_price;
    rate.per_step = packed.per_step;
    return rate;
}

void BookMaker::rates() {
    Judge judge{faults_, "rates"};
    book_.terms_ = rows_.rates.terms();
    std::vector<tl::expected<ServiceIndex, bool>> families;
    for (const auto& [courier, service] : rows_.rates.names())
        families.push_back(book_.family(courier, service));
    std::vector<Numbered> rates;
    rates.reserve(rows_.rates.size());
    for (const auto& packed : rows_.rates.packed()) {
        const bool odd = packed.name == RateRows::kOdd;
        if (odd || !families[packed.name] || !plain(packed)) {
            const auto row = rows_.rates[judge.row];
            check(row, book_.family(row.courier, row.service).has_value(), judge);
        } else {
            const auto rate = rate_of(packed, *families[packed.name]);
            if (packed.place.kind() == PlaceKind::zone) {
                judge.must(zones_with_places_.contains({rate.service, rate.place}), "zone",
                           "no place lies in zone " + std::string(packed.place.text()));
            }
            rates.push_back({rate, static_cast<std::uint32_t>(judge.row)});
        }
        ++judge.row;
    }
    keep_rates(std::move(rates));
}

// In the order that quotes search them; two of one place and band may not share a day.
void BookMaker::keep_rates(std::vector<Numbered> rates) {
    const auto place_of = [](const Rate& r) { return std::tie(r.service, r.place, r.up_to_g); };
    const auto less = [&](const Numbered& a, const Numbered& b) {
        if (place_of(a.rate) != place_of(b.rate)) return place_of(a.rate) < place_of(b.rate);
        const auto from_a = book_.terms_[a.rate.terms].valid_from;
        const auto from_b = book_.terms_[b.rate.terms].valid_from;
        return std::tie(from_a, a.row) < std::tie(from_b, b.row);
    };
    if (!std::is_sorted(rates.begin(), rates.end(), less))
        std::sort(rates.begin(), rates.end(), less);
    book_.rates_.reserve(rates.size());
    for (std::size_t i = 0; i < rates.size(); ++i) {
        book_.rates_.push_back(rates[i].rate);
        if (i == 0 || place_of(rates[i - 1].rate) != place_of(rates[i].rate)) continue;
        if (book_.terms_[rates[i - 1].rate.terms].valid_to <
            book_.terms_[rates[i].rate.terms].valid_from) {
            continue;
        }
        const auto row = rows_.rates[rates[i].row];
        faults_.push_back({"rates", rates[i].row, "area_prefix",
                           named(row.courier, row.service) + " has this area already in row " +
                               std::to_string(rates[i - 1].row)});
    }
}

}  // namespace kemas::rating
