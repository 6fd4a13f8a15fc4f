#include "core/rating/place_table.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace kemas::rating {
namespace {

bool same_group(const PlaceKey& a, const PlaceKey& b) {
    return a.kind() == b.kind() && a.country() == b.country();
}

// A range's last code stands for everything that begins with it.
bool reaches(const PlaceKey& range, std::string_view postal) {
    const auto last = range.last();
    return postal.substr(0, last.size()) <= last;
}

bool reaches_further(const PlaceKey& a, const PlaceKey& b) {
    std::string last_a(a.last()), last_b(b.last());
    last_a.resize(kPostalLength, '~');
    last_b.resize(kPostalLength, '~');
    return last_a > last_b;
}

}  // namespace

PlaceTable::PlaceTable(std::vector<PlaceKey> keys) : keys_(std::move(keys)) {
    if (!std::is_sorted(keys_.begin(), keys_.end())) std::sort(keys_.begin(), keys_.end());
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    keys_.shrink_to_fit();
    parents_.assign(keys_.size(), kNowhere);
    for (std::size_t i = 1; i < keys_.size(); ++i) {
        auto before = static_cast<PlaceId>(i - 1);
        if (!same_group(keys_[before], keys_[i])) continue;
        if (keys_[i].kind() == PlaceKind::postal_range) {
            const auto best = parents_[before] == kNowhere ? before : parents_[before];
            parents_[i] = reaches_further(keys_[before], keys_[best]) ? before : best;
            continue;
        }
        while (before != kNowhere && !keys_[before].is_prefix_of(keys_[i]))
            before = parents_[before];
        parents_[i] = before;
    }
}

std::size_t PlaceTable::before_or_at(const PlaceKey& key) const {
    return static_cast<std::size_t>(std::upper_bound(keys_.begin(), keys_.end(), key) -
                                    keys_.begin());
}

PlaceId PlaceTable::id_of(const PlaceKey& key) const {
    const auto end = before_or_at(key);
    return end > 0 && keys_[end - 1] == key ? static_cast<PlaceId>(end - 1) : kNowhere;
}

// Every prefix of `wanted` is the key just before it, or an ancestor of that one.
void PlaceTable::add_prefixes(const PlaceKey& wanted, Places& to) const {
    const auto end = before_or_at(wanted);
    if (end == 0 || !same_group(keys_[end - 1], wanted)) return;
    for (auto id = static_cast<PlaceId>(end - 1); id != kNowhere; id = parents_[id]) {
        if (keys_[id].is_prefix_of(wanted)) to.add(id);
    }
}

void PlaceTable::add_ranges(std::string_view country, std::string_view postal, Places& to) const {
    if (postal.empty()) return;
    // The last range that may begin at or before `postal`: its own last code sorts highest.
    const auto wanted = PlaceKey::range(country, postal, "");
    std::array<PlaceId, kMostRanges> found{};
    std::size_t count = 0;
    for (auto i = before_or_at(wanted); i-- > 0 && count < found.size();) {
        if (!same_group(keys_[i], wanted)) break;
        if (reaches(keys_[i], postal)) found[count++] = static_cast<PlaceId>(i);
        if (parents_[i] == kNowhere || !reaches(keys_[parents_[i]], postal)) break;
    }
    const auto narrower = [&](PlaceId a, PlaceId b) {
        const auto& ka = keys_[a];
        const auto& kb = keys_[b];
        if (ka.text() != kb.text()) return ka.text() > kb.text();
        return reaches_further(kb, ka);
    };
    std::sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), narrower);
    for (std::size_t i = 0; i < count; ++i) to.add(found[i]);
}

std::size_t PlaceTable::most_overlapping_ranges() const {
    std::size_t most = 0;
    std::multiset<std::string> open;
    const PlaceKey* before = nullptr;
    for (const auto& key : keys_) {
        if (key.kind() != PlaceKind::postal_range) continue;
        if (before == nullptr || !same_group(*before, key)) open.clear();
        before = &key;
        while (!open.empty() && *open.begin() < key.text()) open.erase(open.begin());
        std::string last(key.last());
        last.resize(kPostalLength, '~');
        open.insert(std::move(last));
        most = std::max(most, open.size());
    }
    return most;
}

Places PlaceTable::find(std::string_view country, std::string_view area,
                        std::string_view postal) const {
    Places places;
    add_ranges(country, postal, places);
    if (!postal.empty()) add_prefixes(PlaceKey::postal(country, postal), places);
    if (!area.empty()) add_prefixes(PlaceKey::area(country, area), places);
    for (const auto& key :
         {PlaceKey(PlaceKind::country, country), PlaceKey(PlaceKind::world, "")}) {
        if (const auto id = id_of(key); id != kNowhere) places.add(id);
    }
    return places;
}

}  // namespace kemas::rating
