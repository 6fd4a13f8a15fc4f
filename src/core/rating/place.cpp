#include "core/rating/place.hpp"

#include <algorithm>

namespace kemas::rating {
namespace {

constexpr std::size_t kTextAt = 3, kLastAt = 3 + kPostalLength;
constexpr unsigned char kHighest = 0xFF;  // fills a range's last code: "17-18" ends behind 18999

bool is_country(std::string_view text) {
    return text.size() == 2 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_postal(std::string_view text) {
    return !text.empty() && text.size() <= kPostalLength &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; });
}

std::string capitals(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == ' ') continue;
        out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return out;
}

}  // namespace

PlaceKey::PlaceKey(PlaceKind kind, std::string_view country) {
    bytes_[0] = static_cast<unsigned char>(kind);
    put(1, 2, country);
}

PlaceKey PlaceKey::area(std::string_view country, std::string_view prefix) {
    PlaceKey key(PlaceKind::area, country);
    key.put(kTextAt, kAreaPrefixLength, prefix);
    return key;
}

PlaceKey PlaceKey::postal(std::string_view country, std::string_view prefix) {
    PlaceKey key(PlaceKind::postal_prefix, country);
    key.put(kTextAt, kPostalLength, prefix);
    return key;
}

PlaceKey PlaceKey::range(std::string_view country, std::string_view from, std::string_view to) {
    PlaceKey key(PlaceKind::postal_range, country);
    key.put(kTextAt, kPostalLength, from);
    key.put(kLastAt, kPostalLength, to, kHighest);
    return key;
}

PlaceKey PlaceKey::zone(std::string_view name) {
    PlaceKey key;
    key.bytes_[0] = static_cast<unsigned char>(PlaceKind::zone);
    key.put(1, kZoneLength, name);
    return key;
}

void PlaceKey::put(std::size_t at, std::size_t length, std::string_view text,
                   unsigned char filler) {
    const auto begin = bytes_.begin() + static_cast<std::ptrdiff_t>(at);
    std::fill_n(begin, length, filler);
    std::copy_n(text.begin(), std::min(length, text.size()), begin);
}

std::string_view PlaceKey::part(std::size_t at, std::size_t length, unsigned char filler) const {
    const auto* begin = bytes_.data() + at;
    const auto* end = std::find(begin, begin + length, filler);
    return {reinterpret_cast<const char*>(begin), static_cast<std::size_t>(end - begin)};
}

std::string_view PlaceKey::text() const {
    if (kind() == PlaceKind::zone) return part(1, kZoneLength);
    return part(kTextAt, kind() == PlaceKind::area ? kAreaPrefixLength : kPostalLength);
}

std::string_view PlaceKey::last() const {
    return part(kLastAt, kPostalLength, kHighest);
}

void PlaceKey::set_country(std::string_view country) {
    if (kind() != PlaceKind::zone) put(1, 2, country);
}

bool PlaceKey::is_prefix_of(const PlaceKey& other) const {
    return std::equal(bytes_.begin(), bytes_.begin() + kTextAt, other.bytes_.begin()) &&
           other.text().starts_with(text());
}

std::string postal_code(std::string_view text) {
    return capitals(text.substr(0, text.find('-')));
}

PlaceKey make_place(std::string_view area, std::string_view country, std::string_view postal,
                    std::string_view zone, std::optional<PlaceFault>& fault) {
    const auto bad = [&](const char* column, std::string reason) {
        fault = PlaceFault{column, std::move(reason)};
        return PlaceKey();
    };
    if (area == "*") area = {};
    if (!zone.empty()) {
        if (has_control(zone)) return bad("zone", "holds a control character");
        if (!area.empty() || !country.empty() || !postal.empty())
            return bad("zone", "stands beside area, country or postal; give one of them");
        if (zone.size() > kZoneLength)
            return bad("zone", "is longer than " + std::to_string(kZoneLength) + " characters");
        return PlaceKey::zone(zone);
    }
    if (area.size() > kAreaPrefixLength) {
        return bad("area_prefix",
                   "is longer than " + std::to_string(kAreaPrefixLength) + " characters");
    }
    if (has_control(area)) return bad("area_prefix", "holds a control character");
    if (country == "*") {
        if (!area.empty() || !postal.empty())
            return bad("country", "is *, so area and postal must be empty");
        return PlaceKey(PlaceKind::world, "");
    }
    if (!country.empty() && !is_country(country))
        return bad("country", "is no ISO 3166 code of two capital letters, nor *");
    if (postal.empty()) {
        return area.empty() ? PlaceKey(PlaceKind::country, country) : PlaceKey::area(country, area);
    }
    if (!area.empty()) return bad("postal", "stands beside area; give one of them");
    if (postal.back() == '*') {
        const auto prefix = capitals(postal.substr(0, postal.size() - 1));
        if (prefix.empty()) return PlaceKey(PlaceKind::country, country);
        if (!is_postal(prefix)) return bad("postal", "is no prefix such as 175*");
        return PlaceKey::postal(country, prefix);
    }
    const auto dash = postal.find('-');
    const auto from = capitals(postal.substr(0, dash));
    const auto to = dash == std::string_view::npos ? from : capitals(postal.substr(dash + 1));
    if (!is_postal(from) || !is_postal(to) || from.size() != to.size() || to < from)
        return bad("postal", "is no code, range 17000-17999 or prefix 175*");
    return PlaceKey::range(country, from, to);
}

PlaceCells cells_of(const PlaceKey& place) {
    PlaceCells cells;
    const std::string text(place.text());
    if (place.kind() == PlaceKind::zone) {
        cells.zone = text;
        return cells;
    }
    cells.country = place.kind() == PlaceKind::world ? "*" : std::string(place.country());
    if (place.kind() == PlaceKind::area) cells.area = text;
    if (place.kind() == PlaceKind::postal_prefix) cells.postal = text + "*";
    if (place.kind() == PlaceKind::postal_range) {
        cells.postal = text;
        if (place.last() != text) cells.postal += "-" + std::string(place.last());
    }
    return cells;
}

std::string to_text(const PlaceKey& place) {
    const auto cells = cells_of(place);
    const auto abroad = cells.country.empty() ? "" : " of " + cells.country;
    switch (place.kind()) {
        case PlaceKind::world:
            return "any country";
        case PlaceKind::country:
            return cells.country.empty() ? "anywhere" : "country " + cells.country;
        case PlaceKind::area:
            return cells.area + abroad;
        case PlaceKind::postal_prefix:
        case PlaceKind::postal_range:
            return "postal " + cells.postal + abroad;
        case PlaceKind::zone:
            return "zone " + cells.zone;
    }
    return {};
}

}  // namespace kemas::rating
