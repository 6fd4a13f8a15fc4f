// What all parcels together say of each SKU, and which of them a shop has to correct.
#include <algorithm>

#include "core/declared/comparison.hpp"
#include "core/declared/load.hpp"

namespace kemas::declared {
namespace {

// Of an even number the mean of the two in the middle, rounded up.
std::int64_t median(std::vector<std::int64_t> values) {
    std::sort(values.begin(), values.end());
    const auto n = values.size();
    if (n == 0) return 0;
    if (n % 2 == 1) return values[n / 2];
    return values[n / 2 - 1] + (values[n / 2] - values[n / 2 - 1] + 1) / 2;
}

// The key of the most; of equals the least.
template <class Key, class Less>
Key most_common(const std::map<Key, std::int64_t>& counts, Less less) {
    const auto best =
        std::max_element(counts.begin(), counts.end(), [&](const auto& a, const auto& b) {
            return a.second != b.second ? a.second < b.second : less(b.first, a.first);
        });
    return best == counts.end() ? Key{} : best->first;
}

// What we pay first, then what buyers pay too much, then what costs nobody anything.
int rank(Money cost) {
    return cost > Money{} ? 0 : cost < Money{} ? 1 : 2;
}
std::int64_t furthest(const auto& row) {
    const auto size = [](std::int64_t n) { return n < 0 ? -n : n; };
    return std::max(size(row.weight_off), size(row.size_off));
}
bool is_dearer(Money a, std::int64_t a_off, Money b, std::int64_t b_off) {
    if (rank(a) != rank(b)) return rank(a) < rank(b);
    if (a != b) return a.abs() > b.abs();
    return a_off > b_off;
}

}  // namespace

void Comparison::weigh_up(Ware& ware) {
    if (!ware.alone.empty()) {
        ware.goods = {median(ware.alone)};
        ware.weight_found = Found::parcels;
    } else if (ware.known.weight.value > 0) {
        ware.goods = ware.known.weight;
        ware.weight_found = Found::sku_list;
    }
    if (!ware.boxes.empty()) {
        ware.ours.size = most_common(ware.boxes, [](const Size& a, const Size& b) {
            return std::pair(volume_mm3(a), a) < std::pair(volume_mm3(b), b);
        });
        ware.size_found = Found::parcels;
    } else if (volume_mm3(ware.known.size) > 0) {
        ware.ours.size = ware.known.size;
        ware.size_found = Found::sku_list;
    }
    if (const auto& listed = ware.known.listed) {
        ware.declared = *listed;
        ware.told_by = Told::catalogue;
    } else if (!ware.told.empty() || ware.told_size != Size{}) {
        ware.declared = {{median(ware.told)}, ware.told_size};
        ware.told_by = Told::package;
    }
}

// By weight where all of them are known, else by units.
void Comparison::share_packaging(const Mixed& mixed) {
    std::vector<std::int64_t> measures;
    const bool all_known = std::ranges::all_of(
        mixed.parts, [](const Part& part) { return part.ware->goods.value > 0; });
    for (const auto& part : mixed.parts)
        measures.push_back(all_known ? part.ware->goods.value * part.units : part.units);
    const auto parts = shared(mixed.tare.value, measures);
    for (std::size_t i = 0; i < parts.size(); ++i) mixed.parts[i].ware->packaging += parts[i];
}

// Among those that are off the way the cost goes, by weight, else by volume. Where none is, a
// channel has told a load of its own: that is no SKU's doing.
void Comparison::share_cost(const Mixed& mixed) {
    if (!mixed.cost) {
        for (const auto& part : mixed.parts) part.ware->difference.add(std::nullopt);
        return;
    }
    const auto too_little = [&](std::int64_t declared, std::int64_t ours, std::int64_t units) {
        if (declared <= 0 || ours <= 0) return std::int64_t{0};
        const auto apart = *mixed.cost < Money{} ? declared - ours : ours - declared;
        return std::max<std::int64_t>(apart, 0) * units;
    };
    std::vector<std::int64_t> weights, volumes;
    for (const auto& [ware, count] : mixed.parts) {
        weights.push_back(too_little(ware->declared.weight.value, ware->ours.weight.value, count));
        volumes.push_back(
            too_little(volume_mm3(ware->declared.size), volume_mm3(ware->ours.size), count));
    }
    const auto says = [](const auto& all) {
        return std::ranges::any_of(all, [](std::int64_t each) { return each > 0; });
    };
    const bool is_theirs = says(weights) || says(volumes);
    const auto parts = shared(is_theirs ? mixed.cost->value : 0, says(weights) ? weights : volumes);
    for (std::size_t i = 0; i < parts.size(); ++i)
        mixed.parts[i].ware->difference.add(Money{parts[i]});
}

std::optional<Row> Comparison::row_of(const Key& key, const Ware& ware) const {
    const auto ours_volume = volume_mm3(ware.ours.size);
    const auto volume = volume_mm3(ware.declared.size);
    const auto weight = ware.declared.weight.value;
    const bool weight_is_off = is_off(weight, ware.ours.weight.value, share_);
    const bool size_is_off = is_off(volume, ours_volume, share_);
    if (!weight_is_off && !size_is_off) return std::nullopt;
    Row row;
    std::tie(row.channel, row.shop, row.sku) = key;
    row.name = ware.known.name;
    row.parcels = ware.parcels;
    row.units = ware.units;
    row.told = ware.told_by;
    row.declared = ware.declared;
    row.weight_found = ware.weight_found;
    row.size_found = ware.size_found;
    row.alone = static_cast<std::int64_t>(ware.alone.size());
    row.goods = ware.goods;
    row.ours = ware.ours;
    row.divisor = most_common(ware.divisors, std::less<>{});
    row.weight_off = off_basis_points(weight, ware.ours.weight.value);
    row.size_off = off_basis_points(volume, ours_volume);
    row.difference = ware.difference;
    const auto& cost = ware.difference.cost;
    row.too_low =
        cost != Money{} ? cost > Money{} : (weight_is_off ? row.weight_off : row.size_off) < 0;
    const bool take_weight = (weight_is_off || weight == 0) && ware.ours.weight.value > 0;
    const bool take_size = (size_is_off || volume == 0) && ours_volume > 0;
    row.correction.weight = whole_grams(take_weight ? ware.ours.weight : ware.declared.weight);
    row.correction.size = take_size ? ware.ours.size : ware.declared.size;
    return row;
}

Report Comparison::finish() {
    for (auto& [key, ware] : wares_) weigh_up(ware);
    for (const auto& mixed : mixed_) share_packaging(mixed);
    for (auto& [key, ware] : wares_)
        if (ware.goods.value > 0 && ware.units > 0)
            ware.ours.weight =
                ware.goods + Milligrams{(ware.packaging + ware.units - 1) / ware.units};
    for (const auto& mixed : mixed_) share_cost(mixed);
    for (const auto& [key, ware] : wares_) {
        ++report_.skus;
        if (ware.told_by == Told::nowhere) ++report_.skus_not_declared;
        if (ware.weight_found == Found::nowhere) ++report_.skus_not_measured;
        if (auto row = row_of(key, ware)) report_.rows.push_back(std::move(*row));
    }
    std::ranges::stable_sort(report_.rows, [](const Row& a, const Row& b) {
        return is_dearer(a.difference.cost, furthest(a), b.difference.cost, furthest(b));
    });
    auto& packages = report_.packages;
    std::ranges::stable_sort(packages, [](const PackageRow& a, const PackageRow& b) {
        return is_dearer(a.cost.value_or(Money{}), furthest(a), b.cost.value_or(Money{}),
                         furthest(b));
    });
    report_.packages_off = static_cast<std::int64_t>(packages.size());
    if (packages.size() > kMostPackages) packages.resize(kMostPackages);
    return std::move(report_);
}

}  // namespace kemas::declared
