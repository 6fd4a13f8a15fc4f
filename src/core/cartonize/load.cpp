#include "core/cartonize/load.hpp"

#include <algorithm>

#include "core/cartonize/answer.hpp"
#include "core/cartonize/fill.hpp"
#include "core/cartonize/order.hpp"

namespace kemas::cartonize {
namespace {

// The best fillings of one room so far; chance begins anew from somewhere within one of them.
class Fullest {
 public:
    Fullest(const Order& order, std::size_t option, Filler& filler)
        : room_(order.options[option].room),
          filler_(filler),
          counts_(admitted(order, option, order.counts)) {}

    void search(std::int64_t until) {
        static constexpr std::array<Axes, 6> axes{
            {{2, 1, 0}, {2, 0, 1}, {1, 2, 0}, {0, 2, 1}, {0, 1, 2}, {1, 0, 2}}};
        for (int n = 0; n < 18 && (n == 0 || filler_.steps() < until); ++n)
            try_one({axes[n % 6], Measure::volume, 1 + n / 6}, {});
        for (std::uint64_t seed = 1; filler_.steps() < until && !is_all_in(); ++seed) vary(seed);
    }
    const std::vector<Block>& blocks() const { return best_[0].blocks; }
    std::int64_t volume() const { return best_[0].volume; }

 private:
    struct Kept {
        std::int64_t volume;
        Recipe recipe;
        std::vector<Block> blocks;
    };
    static constexpr std::size_t most_kept = 4;

    bool is_all_in() const { return all_in_; }

    void vary(std::uint64_t seed) {
        const auto kept = std::ssize(best_);
        const Kept from = best_[noise_.below(2) * noise_.below(kept)];
        auto recipe = from.recipe;
        recipe.noise = 32;
        recipe.seed = seed;
        const auto half = std::ssize(from.blocks) / 2;
        try_one(recipe, {from.blocks.data(), static_cast<std::size_t>(noise_.below(half + 1))});
    }

    void try_one(const Recipe& recipe, std::span<const Block> begun) {
        const auto& filling = filler_.fill(room_, counts_, recipe, begun);
        all_in_ |= filling.units_left == 0;
        const auto at = std::find_if(best_.begin(), best_.end(), [&](const Kept& kept) {
            return kept.volume < filling.volume;
        });
        best_.insert(at, {filling.volume, recipe, filling.blocks});
        if (best_.size() > most_kept) best_.pop_back();
    }

    const Room room_;
    Filler& filler_;
    const Counts counts_;
    Noise noise_{7};
    std::vector<Kept> best_;
    bool all_in_ = false;
};

}  // namespace

tl::expected<Load, Refused> load(const std::vector<Item>& items, const Carton& carton,
                                 const Rules& rules) {
    const std::vector cartons{carton};
    const auto order = gather(items, cartons, rules);
    if (!order) return tl::unexpected(order.error());
    Filler filler(order->pieces, rules.support_percent);
    std::vector<Block> best;
    std::size_t option = 0;
    std::int64_t most = -1;
    const auto rooms = std::ssize(order->options);
    for (std::ptrdiff_t o = 0; o < rooms; ++o) {
        Fullest fullest(*order, static_cast<std::size_t>(o), filler);
        fullest.search(rules.work_steps * (o + 1) / rooms);
        if (fullest.volume() <= most) continue;
        most = fullest.volume();
        best = fullest.blocks();
        option = static_cast<std::size_t>(o);
    }
    Answer answer(*order, cartons);
    Load loaded{{}, {}, filler.steps()};
    for (const auto& item : items) loaded.left.push_back(item.quantity);
    if (order->options.empty()) return loaded;
    loaded.packed = answer.packed({option, best});
    for (const auto& placed : loaded.packed.placed) --loaded.left[placed.item];
    return loaded;
}

}  // namespace kemas::cartonize
