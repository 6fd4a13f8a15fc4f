// All places of a tariff, sorted, and which of them hold an address. One search a kind finds them:
// each place knows the longest other one it lies in.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "core/rating/place.hpp"

namespace kemas::rating {

using PlaceId = std::uint32_t;  // a place in a PlaceTable
constexpr PlaceId kNowhere = std::numeric_limits<PlaceId>::max();
constexpr std::size_t kMostRanges = 37;  // that may overlap at one postal code

// The places of a tariff that hold one address, the most specific first: postal ranges (narrowest
// first), postal prefixes and areas (longest first), country, world.
class Places {
 public:
    std::span<const PlaceId> all() const { return {ids_.data(), count_}; }
    void add(PlaceId id) {
        if (count_ < ids_.size()) ids_[count_++] = id;
    }

 private:
    std::array<PlaceId, kMostRanges + kPostalLength + kAreaPrefixLength + 3> ids_{};
    std::size_t count_ = 0;
};

class PlaceTable {
 public:
    PlaceTable() = default;
    explicit PlaceTable(std::vector<PlaceKey> keys);  // in any order, with repetitions

    const PlaceKey& key(PlaceId id) const { return keys_[id]; }
    PlaceId id_of(const PlaceKey& key) const;  // kNowhere when no row has it
    std::size_t size() const { return keys_.size(); }
    std::size_t most_overlapping_ranges() const;

    // `country` "" = the tariff's own. `postal` as postal_code() gives it.
    Places find(std::string_view country, std::string_view area, std::string_view postal) const;

 private:
    void add_prefixes(const PlaceKey& wanted, Places& to) const;
    void add_ranges(std::string_view country, std::string_view postal, Places& to) const;
    std::size_t before_or_at(const PlaceKey& key) const;  // number of keys <= `key`

    std::vector<PlaceKey> keys_;
    std::vector<PlaceId> parents_;  // of a range: the one that reaches furthest among those before
};

}  // namespace kemas::rating
