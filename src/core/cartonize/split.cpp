#include "core/cartonize/split.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/cartonize/sets.hpp"

namespace kemas::cartonize {
namespace {

bool is_empty(const Counts& counts) {
    return std::all_of(counts.begin(), counts.end(), [](auto count) { return count == 0; });
}

Counts used_by(const std::vector<Block>& blocks, std::size_t pieces) {
    Counts used(pieces, 0);
    for (const auto& block : blocks) used[block.piece] += block.units();
    return used;
}

bool take(Counts& counts, const Counts& used) {
    for (std::size_t p = 0; p < counts.size(); ++p)
        if (used[p] > counts[p]) return false;
    for (std::size_t p = 0; p < counts.size(); ++p) counts[p] -= used[p];
    return true;
}

std::int64_t outer_of(const Order& order, const std::vector<Full>& cartons) {
    std::int64_t sum = 0;
    for (const auto& full : cartons) sum += volume_of(order.options[full.option].outer);
    return sum;
}

// One carton after the other, each the one that takes most; a filling is repeated while it can be.
std::vector<Full> one_after_another(const Order& order, std::int64_t recipe, Search& search) {
    std::vector<Full> cartons;
    Counts left = order.counts;
    while (!is_empty(left)) {
        std::optional<Full> best;
        std::pair<bool, std::int64_t> most{false, -1};
        for (std::size_t o = order.options.size(); o-- > 0;) {
            if (best && search.is_over()) break;  // the largest will do
            const auto& filling = search.fill(o, left, recipe);
            if (filling.blocks.empty()) continue;
            Counts rest = left;
            take(rest, used_by(filling.blocks, left.size()));
            const std::pair score{is_empty(rest), is_empty(rest) ? 0 : filling.volume};
            if (best && score < most) continue;  // of equals the smallest
            most = score;
            best = Full{o, filling.blocks};
        }
        const auto used = used_by(best->blocks, left.size());
        while (take(left, used)) cartons.push_back(*best);
    }
    return cartons;
}

// Fills the set's cartons in this sequence; the last must take all the rest.
std::optional<std::vector<Full>> lay_into(const Order& order, const Set& set, std::int64_t recipe,
                                          Search& search) {
    std::vector<Full> cartons;
    Counts left = order.counts;
    for (const auto o : set) {
        if (!cartons.empty() && cartons.back().option == o) {
            const auto used = used_by(cartons.back().blocks, left.size());
            if (take(left, used)) {
                cartons.push_back(cartons.back());
                continue;
            }
        }
        const auto& filling = search.fill(o, left, recipe);
        cartons.push_back({o, filling.blocks});
        take(left, used_by(filling.blocks, left.size()));
    }
    if (!is_empty(left)) return std::nullopt;
    std::erase_if(cartons, [](const Full& full) { return full.blocks.empty(); });
    return cartons;
}

std::optional<std::vector<Full>> lay_some_way(const Order& order, Set set, std::int64_t recipe,
                                              Search& search) {
    if (recipe % 2) std::reverse(set.begin(), set.end());
    return lay_into(order, set, recipe, search);
}

constexpr std::int64_t most_enumerated = 3;  // cartons; the sets of more are too many

class Splitting {
 public:
    Splitting(const Order& order, std::int64_t least, Search& search)
        : order_(order), least_(least), search_(search), sets_(order, search) {}

    Split best() {
        begin();
        for (auto n = least_; n < count() && n <= most_enumerated; ++n)
            if (find_with(n)) break;
        if (count() <= most_enumerated)
            shrink_among_all();
        else
            shrink_one_by_one();
        const bool proven = count() <= least_;
        return {std::move(cartons_), proven};
    }

 private:
    std::int64_t count() const { return std::ssize(cartons_); }

    void begin() {
        for (std::int64_t recipe = 0; recipe < 6; ++recipe) {
            if (recipe > 0 && search_.is_over()) break;
            auto cartons = one_after_another(order_, recipe, search_);
            if (cartons_.empty() || std::pair(cartons.size(), outer_of(order_, cartons)) <
                                        std::pair(cartons_.size(), outer_of(order_, cartons_)))
                cartons_ = std::move(cartons);
        }
    }

    // Fewer cartons than so far: the largest sets first.
    bool find_with(std::int64_t n) {
        auto sets = sets_.of(n);
        if (!sets) return false;
        if (sets->empty() && n == least_) ++least_;
        std::reverse(sets->begin(), sets->end());
        if (sets->size() > 8) sets->resize(8);
        for (std::int64_t recipe = 0; recipe < 20; ++recipe)
            for (const auto& set : *sets) {
                if (search_.is_over()) return false;
                if (auto cartons = lay_some_way(order_, set, recipe, search_)) {
                    cartons_ = std::move(*cartons);
                    return true;
                }
            }
        return false;
    }

    void shrink_among_all() {
        auto sets = sets_.of(count()).value_or(std::vector<Set>{});
        for (std::int64_t recipe = 0; recipe < 200 && !search_.is_over(); ++recipe) {
            const auto now = outer_of(order_, cartons_);
            std::erase_if(sets, [&](const Set& set) { return outer_of(order_, set) >= now; });
            if (sets.empty()) return;
            for (const auto& set : sets) {
                if (search_.is_over()) return;
                if (auto cartons = lay_some_way(order_, set, recipe, search_)) {
                    cartons_ = std::move(*cartons);
                    break;
                }
            }
        }
    }

    // Swaps one carton for a smaller one as long as some recipe still gets all in.
    void shrink_one_by_one() {
        for (bool shrunk = true; shrunk;) {
            shrunk = false;
            Set set;
            for (const auto& full : cartons_) set.push_back(full.option);
            std::sort(set.begin(), set.end());
            for (std::size_t i = set.size(); i-- > 0 && !shrunk;) {
                if (i + 1 < set.size() && set[i] == set[i + 1]) continue;
                for (std::size_t o = 0; o < set[i] && !shrunk; ++o) {
                    if (search_.is_over()) return;
                    shrunk = swap(set, i, o);
                }
            }
        }
    }

    bool swap(Set set, std::size_t at, std::size_t option) {
        if (volume_of(order_.options[option].outer) >= volume_of(order_.options[set[at]].outer))
            return false;
        set[at] = option;
        std::sort(set.begin(), set.end());
        if (!sets_.may_hold(set)) return false;
        for (std::int64_t recipe = 0; recipe < 6 && !search_.is_over(); ++recipe)
            if (auto cartons = lay_some_way(order_, set, recipe, search_)) {
                cartons_ = std::move(*cartons);
                return true;
            }
        return false;
    }

    const Order& order_;
    std::int64_t least_;
    Search& search_;
    Sets sets_;
    std::vector<Full> cartons_;
};

}  // namespace

Split pack_split(const Order& order, std::int64_t least, Search& search) {
    return Splitting(order, least, search).best();
}

}  // namespace kemas::cartonize
