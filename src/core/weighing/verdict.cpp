#include "core/weighing/verdict.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "core/assert.hpp"

namespace kemas::weighing {
namespace {

constexpr int kMostUnits = 3;  // more wrong units of one SKU are for a person to find

struct Search {
    Milligrams difference, tolerance;
    int best_rank = 0;
    Milligrams best_rest;
    std::optional<Cause> best;

    void consider(int rank, Milligrams effect, const ItemWeight& item, int units,
                  std::optional<std::string> swapped_with = {}) {
        const auto rest = (difference - effect).abs();
        if (rest > tolerance) return;
        if (best && std::tie(best_rank, best_rest) <= std::tie(rank, rest)) return;
        best_rank = rank;
        best_rest = rest;
        best = Cause{item.sku, item.name, units, std::move(swapped_with)};
    }
};

std::optional<Cause> likely_cause(const Contents& contents, Milligrams difference,
                                  Milligrams tolerance) {
    // Likelier mistakes first; a swap inside the parcel comes last because so many pairs fit by
    // chance.
    constexpr std::array<int, kMostUnits + 1> kRankOfUnits{0, 0, 2, 3};
    constexpr int kRankOfLookalike = 1, kRankOfInnerSwap = 4;
    Search search{difference, tolerance, 0, {}, {}};
    for (const auto& item : contents.items) {
        for (int n = 1; n <= kMostUnits; ++n) {
            const auto rank = kRankOfUnits[static_cast<std::size_t>(n)];
            if (difference > Milligrams{0}) search.consider(rank, item.mean * n, item, n);
            if (difference < Milligrams{0} && n <= item.quantity) {
                search.consider(rank, item.mean * -n, item, -n);
            }
        }
        if (item.quantity == 0) continue;
        const auto swaps = [&](const std::vector<ItemWeight>& others, int rank) {
            for (const auto& other : others) {
                if (other.sku == item.sku || !is_usable(other)) continue;
                search.consider(rank, other.mean - item.mean, item, -1, other.sku);
            }
        };
        swaps(contents.lookalikes, kRankOfLookalike);
        swaps(contents.items, kRankOfInnerSwap);
    }
    return search.best;
}

}  // namespace

Verdict judge(const Contents& contents, Milligrams measured_gross, Milligrams division,
              const Policy& policy) {
    KEMAS_ASSERT(policy.min_tolerance <= policy.max_tolerance);
    Verdict verdict;
    verdict.expected = expected_gross(contents);
    verdict.tolerance = std::clamp(tolerance(contents, division, policy.k_sigma_tenths),
                                   policy.min_tolerance, policy.max_tolerance);
    verdict.difference = measured_gross - verdict.expected;
    for (const auto& item : contents.items) {
        if (!is_usable(item)) {
            verdict.unweighed.push_back(item.sku);
        } else if (item.mean <= verdict.tolerance) {
            verdict.blind.push_back(item.sku);
        }
    }
    if (!verdict.unweighed.empty()) return verdict;  // stays unknown

    if (verdict.difference.abs() <= verdict.tolerance) {
        verdict.kind = VerdictKind::ok;
        return verdict;
    }
    verdict.kind =
        verdict.difference < Milligrams{0} ? VerdictKind::too_light : VerdictKind::too_heavy;
    verdict.cause = likely_cause(contents, verdict.difference, verdict.tolerance);
    return verdict;
}

}  // namespace kemas::weighing
