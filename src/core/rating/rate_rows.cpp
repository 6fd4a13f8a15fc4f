#include "core/rating/rate_rows.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "core/assert.hpp"

namespace kemas::rating {
namespace {

bool fits(std::int64_t value) {
    return value >= 0 && value <= std::numeric_limits<std::uint32_t>::max();
}

bool fits_day(Day day) {
    return day >= kEver && day <= kForever;
}

}  // namespace

std::uint16_t RateRows::name_of(const RateRow& row) {
    if (last_name_ < names_.size() && names_[last_name_].first == row.courier &&
        names_[last_name_].second == row.service) {
        return last_name_;
    }
    Name name(row.courier, row.service);
    auto place = name_places_.find(name);
    if (place == name_places_.end()) {
        if (names_.size() == kOdd) return kOdd;
        names_.push_back(name);
        place = name_places_.emplace(std::move(name), names_.size() - 1).first;
    }
    return last_name_ = place->second;
}

std::uint16_t RateRows::terms_of(const RateTerms& terms) {
    if (last_terms_ < terms_.size() && terms_[last_terms_] == terms) return last_terms_;
    auto place = terms_places_.find(terms);
    if (place == terms_places_.end()) {
        if (terms_.size() == kOdd) return kOdd;
        terms_.push_back(terms);
        place = terms_places_.emplace(terms, terms_.size() - 1).first;
    }
    return last_terms_ = place->second;
}

void RateRows::push_back(const RateRow& row) {
    const auto odd = [&] {
        PackedRate packed;
        packed.name = kOdd;
        packed.up_to_g = static_cast<std::uint32_t>(odd_.size());
        odd_.push_back(row);
        rows_.push_back(packed);
    };
    std::optional<PlaceFault> fault;
    PackedRate packed;
    packed.place = make_place(row.area_prefix, row.country, row.postal, row.zone, fault);
    if (fault || !fits(row.first_g) || !fits(row.first_price.value) || !fits(row.per_step.value) ||
        !fits(row.up_to_g) || !fits(row.per_step_g) || row.transit_days < 0 ||
        row.transit_days > 255 || !fits_day(row.valid_from) || !fits_day(row.valid_to)) {
        return odd();
    }
    packed.name = name_of(row);
    packed.terms = terms_of({static_cast<std::int32_t>(row.valid_from.value),
                             static_cast<std::int32_t>(row.valid_to.value),
                             static_cast<std::uint32_t>(row.per_step_g),
                             static_cast<std::uint8_t>(row.transit_days), row.exact});
    if (packed.name == kOdd || packed.terms == kOdd) return odd();
    packed.up_to_g = static_cast<std::uint32_t>(row.up_to_g);
    packed.first_g = static_cast<std::uint32_t>(row.first_g);
    packed.first_price = static_cast<std::uint32_t>(row.first_price.value);
    packed.per_step = static_cast<std::uint32_t>(row.per_step.value);
    rows_.push_back(packed);
}

RateRow RateRows::operator[](std::size_t row) const {
    const auto& packed = rows_[row];
    if (packed.name == kOdd) return odd_[packed.up_to_g];
    const auto& terms = terms_[packed.terms];
    auto cells = cells_of(packed.place);
    RateRow out;
    std::tie(out.courier, out.service) = names_[packed.name];
    out.area_prefix = std::move(cells.area);
    out.country = std::move(cells.country);
    out.postal = std::move(cells.postal);
    out.zone = std::move(cells.zone);
    out.up_to_g = packed.up_to_g;
    out.first_g = packed.first_g;
    out.first_price = {packed.first_price};
    out.per_step = {packed.per_step};
    out.per_step_g = terms.per_step_g;
    out.exact = terms.exact;
    out.transit_days = terms.transit_days;
    out.valid_from = {terms.valid_from};
    out.valid_to = {terms.valid_to};
    return out;
}

RateRow RateRows::at(std::size_t row) const {
    KEMAS_ASSERT(row < size());
    return (*this)[row];
}

bool operator==(const RateRows& a, const RateRows& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!(a[i] == b[i])) return false;
    }
    return true;
}

}  // namespace kemas::rating
