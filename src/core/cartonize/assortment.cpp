#include "core/cartonize/assortment.hpp"

#include <algorithm>
#include <map>

#include "core/cartonize/cartonize.hpp"

namespace kemas::cartonize {
namespace {

std::int64_t volume_of(const Size& size) {
    return size.length.value * size.width.value * size.height.value;
}

void count(Usage& usage, const Packed& packed, const std::vector<Item>& items, Money cost) {
    ++usage.cartons;
    usage.outer_mm3 += volume_of(packed.outer);
    usage.inner_mm3 += volume_of(packed.inner);
    for (const auto& placed : packed.placed) usage.goods_mm3 += volume_of(items[placed.item].size);
    usage.cost += cost;
}

std::array<std::int64_t, 3> extent_of(const Packed& packed) {
    std::array<std::int64_t, 3> extent{};
    for (const auto& placed : packed.placed) {
        extent[0] = std::max(extent[0], placed.x.value + placed.size.length.value);
        extent[1] = std::max(extent[1], placed.y.value + placed.size.width.value);
        extent[2] = std::max(extent[2], placed.z.value + placed.size.height.value);
    }
    if (extent[0] < extent[1]) std::swap(extent[0], extent[1]);  // it may be turned as a whole
    return extent;
}

std::int64_t up_to(std::int64_t value, std::int64_t step) {
    return (value + step - 1) / step * step;
}

// What each order still takes, once the cartons chosen so far are there.
struct Now {
    std::int64_t outer_mm3, cartons;
    Money cost;
};

}  // namespace

std::int64_t Usage::empty_permille() const {
    // In litres times a thousand at most, or a year of cartons would leave 64 bits.
    const auto whole = inner_mm3 / 1000;
    return whole == 0 ? 0 : (whole - goods_mm3 / 1000) * 1000 / whole;
}

Carton new_box(const Size& inner, const std::vector<Carton>& ours, std::int64_t wall_mm) {
    Carton carton;
    carton.inner = inner;
    const auto both = 2 * wall_mm;
    carton.outer = {
        {inner.length.value + both}, {inner.width.value + both}, {inner.height.value + both}};
    carton.name = std::to_string(inner.length.value) + " x " + std::to_string(inner.width.value) +
                  " x " + std::to_string(inner.height.value);
    carton.max_gross = grams(1'000'000);
    const auto wanted = volume_of(inner);
    const Carton* like = nullptr;
    for (const auto& own : ours) {
        if (own.kind != Kind::box) continue;
        const auto has = volume_of(own.inner), best = like ? volume_of(like->inner) : 0;
        const bool nearer = has >= wanted ? best < wanted || has < best : has > best;
        if (!like || nearer) like = &own;
    }
    if (!like) return carton;
    carton.tare = like->tare;
    carton.max_gross = like->max_gross;
    carton.cost = like->cost;
    return carton;
}

Assortment::Assortment(std::vector<Carton> cartons, std::vector<Carton> wanted, Rules rules)
    : cartons_(std::move(cartons)), wanted_(std::move(wanted)), rules_(std::move(rules)) {
    so_far_.by_carton.resize(cartons_.size());
}

void Assortment::add(const std::vector<Item>& order) {
    ++so_far_.orders;
    const auto plan = pack(order, cartons_, rules_);
    if (!plan) {
        ++so_far_.refused;
        return;
    }
    Taken taken;
    for (const auto& packed : plan->cartons) {
        const auto cost = cartons_[packed.carton].cost;
        count(so_far_.by_carton[packed.carton], packed, order, cost);
        count(so_far_.all, packed, order, cost);
        taken.outer_mm3 += volume_of(packed.outer);
        taken.cost += cost;
        ++taken.cartons;
    }
    // What lay in a mailer shows no box's size: a box half its own height would do as well.
    if (plan->cartons.size() == 1 && cartons_[plan->cartons[0].carton].kind == Kind::box) {
        const auto& packed = plan->cartons[0];
        taken.extent = extent_of(packed);
        taken.net = packed.gross - cartons_[packed.carton].tare;
    }
    auto alone = rules_;
    alone.most_cartons = 1;
    for (const auto& carton : wanted_)
        taken.fits_wanted.push_back(volume_of(carton.outer) < taken.outer_mm3 &&
                                    pack(order, {carton}, alone).has_value());
    taken_.push_back(std::move(taken));
}

bool Assortment::fits(const Taken& taken, const Carton& carton) const {
    return taken.extent[0] > 0 && taken.extent[0] <= carton.inner.length.value &&
           taken.extent[1] <= carton.inner.width.value &&
           taken.extent[2] <= carton.inner.height.value &&
           taken.net + carton.tare <= carton.max_gross;
}

std::vector<Carton> Assortment::proposed(const Proposals& proposals) const {
    std::map<std::array<std::int64_t, 3>, std::int64_t> wasted;  // mm3, by size
    for (const auto& taken : taken_) {
        if (taken.extent[0] == 0) continue;
        std::array<std::int64_t, 3> size;
        for (int i = 0; i < 3; ++i) size[i] = up_to(taken.extent[i], proposals.step_mm);
        wasted[size] += taken.outer_mm3 - size[0] * size[1] * size[2];
    }
    std::vector<std::pair<std::int64_t, std::array<std::int64_t, 3>>> ranked;
    for (const auto& [size, mm3] : wasted) ranked.emplace_back(-mm3, size);
    std::sort(ranked.begin(), ranked.end());
    const auto most = static_cast<std::size_t>(proposals.compared);
    if (ranked.size() > most) ranked.resize(most);
    std::vector<Carton> sizes;
    for (const auto& [rank, size] : ranked) {
        const Size inner{{size[0]}, {size[1]}, {size[2]}};
        const auto larger = [&](const Carton& own) {
            return own.kind == Kind::box && volume_of(own.inner) >= volume_of(inner);
        };
        if (std::none_of(cartons_.begin(), cartons_.end(), larger)) continue;
        sizes.push_back(new_box(inner, cartons_, proposals.wall_mm));
    }
    return sizes;
}

AssortmentReport Assortment::report(const Proposals& proposals) const {
    auto report = so_far_;
    auto sizes = wanted_;
    const auto proposed_sizes = proposed(proposals);
    sizes.insert(sizes.end(), proposed_sizes.begin(), proposed_sizes.end());
    std::vector<Now> now;
    for (const auto& taken : taken_) now.push_back({taken.outer_mm3, taken.cartons, taken.cost});
    const auto goes_in = [&](std::size_t order, std::size_t size) {
        const bool smaller = volume_of(sizes[size].outer) < now[order].outer_mm3;
        return smaller && (size < wanted_.size() ? taken_[order].fits_wanted[size]
                                                 : fits(taken_[order], sizes[size]));
    };
    while (std::ssize(report.savings) < proposals.most) {
        Saving best;
        std::size_t chosen = 0;
        for (std::size_t size = 0; size < sizes.size(); ++size) {
            Saving saving{sizes[size], 0, 0, 0, {}};
            for (std::size_t order = 0; order < now.size(); ++order) {
                if (!goes_in(order, size)) continue;
                ++saving.orders;
                saving.outer_mm3 += now[order].outer_mm3 - volume_of(sizes[size].outer);
                saving.cartons += now[order].cartons - 1;
                saving.cost += now[order].cost - sizes[size].cost;
            }
            if (saving.outer_mm3 <= best.outer_mm3) continue;
            best = saving;
            chosen = size;
        }
        if (best.orders == 0) break;
        for (std::size_t order = 0; order < now.size(); ++order)
            if (goes_in(order, chosen))
                now[order] = {volume_of(best.carton.outer), 1, best.carton.cost};
        report.savings.push_back(std::move(best));
    }
    return report;
}

}  // namespace kemas::cartonize
