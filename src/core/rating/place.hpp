// A place of a tariff as 24 comparable bytes: an area, a postal code, range or prefix, a country,
// the world, or a zone's name. Knows no rate.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kemas::rating {

// From the least specific to the most (karrio scores likewise: country < city < postal code;
// couriers-labels.md, 1.4). Within a kind the longest, or the narrowest range, wins.
enum class PlaceKind : std::uint8_t { world, country, area, postal_prefix, postal_range, zone };

constexpr std::size_t kAreaPrefixLength = 14;  // "11.01.01.2001" has 13
constexpr std::size_t kPostalLength = 10;
constexpr std::size_t kZoneLength = 23;

class PlaceKey {
 public:
    PlaceKey() = default;
    PlaceKey(PlaceKind kind, std::string_view country);
    // `from` and `to` (only of a range) are postal codes as postal_code() gives them.
    static PlaceKey area(std::string_view country, std::string_view prefix);
    static PlaceKey postal(std::string_view country, std::string_view prefix);
    static PlaceKey range(std::string_view country, std::string_view from, std::string_view to);
    static PlaceKey zone(std::string_view name);

    PlaceKind kind() const { return static_cast<PlaceKind>(bytes_[0]); }
    std::string_view country() const { return part(1, 2); }  // "" = the tariff's own
    std::string_view text() const;  // area, prefix or zone; a range's first code
    std::string_view last() const;  // a range's last code
    void set_country(std::string_view country);

    // Whether every place of `other` lies in this one, both of one kind and country.
    bool is_prefix_of(const PlaceKey& other) const;
    friend auto operator<=>(const PlaceKey&, const PlaceKey&) = default;

 private:
    std::string_view part(std::size_t at, std::size_t length, unsigned char filler = 0) const;
    void put(std::size_t at, std::size_t length, std::string_view text, unsigned char filler = 0);
    std::array<unsigned char, 24> bytes_{};  // kind, country 2, text 21 (a range: 10 + 10)
};

// Capitals without spaces; of "12345-6789" the first part.
std::string postal_code(std::string_view text);

struct PlaceCells {  // as a row has them
    std::string area, country, postal, zone;
};
struct PlaceFault {
    std::string column, reason;
};
// Nothing in `fault` when the cells make a place. Empty cells are the tariff's own country.
PlaceKey make_place(std::string_view area, std::string_view country, std::string_view postal,
                    std::string_view zone, std::optional<PlaceFault>& fault);
PlaceCells cells_of(const PlaceKey& place);
std::string to_text(const PlaceKey& place);  // "31.71", "postal 175*", "country SG", "zone 3"

}  // namespace kemas::rating
