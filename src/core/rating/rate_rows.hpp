// The rates of a tariff, 44 bytes a row instead of 200, so that half a million fit. Reads as a list
// of RateRow; keeps even a row that no rate book would take, so that it can be judged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/rating/place.hpp"
#include "core/rating/tariff_row.hpp"

namespace kemas::rating {

// What many rates share.
struct RateTerms {
    std::int32_t valid_from = static_cast<std::int32_t>(kEver.value);
    std::int32_t valid_to = static_cast<std::int32_t>(kForever.value);
    std::uint32_t per_step_g = 0;  // 0 = the service's step
    std::uint8_t transit_days = 0;
    bool exact = false;
    bool holds_on(Day day) const { return valid_from <= day.value && day.value <= valid_to; }
    friend auto operator<=>(const RateTerms&, const RateTerms&) = default;
};

struct PackedRate {
    PlaceKey place;
    std::uint16_t name = 0, terms = 0;
    std::uint32_t up_to_g = 0;  // or, of an odd row, its place among the odd
    std::uint32_t first_g = 0, first_price = 0, per_step = 0;
};

class RateRows {
 public:
    using value_type = RateRow;
    RateRows() = default;
    RateRows(std::initializer_list<RateRow> rows) {
        for (const auto& row : rows) push_back(row);
    }

    void push_back(const RateRow& row);
    void reserve(std::size_t rows) { rows_.reserve(rows); }
    void clear() { *this = {}; }
    std::size_t size() const { return rows_.size(); }
    bool empty() const { return rows_.empty(); }
    RateRow operator[](std::size_t row) const;
    RateRow at(std::size_t row) const;
    friend bool operator==(const RateRows& a, const RateRows& b);

    class Iterator {
     public:
        Iterator(const RateRows& rows, std::size_t at) : rows_(&rows), at_(at) {}
        RateRow operator*() const { return (*rows_)[at_]; }
        Iterator& operator++() { return ++at_, *this; }
        friend bool operator==(const Iterator&, const Iterator&) = default;

     private:
        const RateRows* rows_;
        std::size_t at_;
    };
    Iterator begin() const { return {*this, 0}; }
    Iterator end() const { return {*this, size()}; }

    // For the rate book, which takes rows as they are packed.
    static constexpr std::uint16_t kOdd = 0xFFFF;  // the name of a row that does not fit
    const std::vector<PackedRate>& packed() const { return rows_; }
    const std::vector<std::pair<std::string, std::string>>& names() const { return names_; }
    const std::vector<RateTerms>& terms() const { return terms_; }

 private:
    using Name = std::pair<std::string, std::string>;
    std::uint16_t name_of(const RateRow& row);
    std::uint16_t terms_of(const RateTerms& terms);

    std::vector<PackedRate> rows_;
    std::vector<Name> names_;  // courier, service
    std::map<Name, std::uint16_t> name_places_;
    std::vector<RateTerms> terms_;
    std::map<RateTerms, std::uint16_t> terms_places_;
    std::vector<RateRow> odd_;
    std::uint16_t last_name_ = 0, last_terms_ = 0;
};

}  // namespace kemas::rating
