#include "core/cartonize/single.hpp"

#include <numeric>

namespace kemas::cartonize {
namespace {

constexpr std::int64_t without_end = 1'000'000;
constexpr std::int64_t recipes_a_unit = 24;

bool may_hold(const Order& order, std::size_t option, const Counts& counts) {
    for (std::size_t p = 0; p < counts.size(); ++p)
        if (counts[p] > 0 && !order.fit[p][option]) return false;
    return may_share(order.options[option].room, order.pieces, counts);
}

}  // namespace

Single pack_single(const Order& order, const Counts& counts, Search& search) {
    Single single;
    std::vector<std::size_t> open;  // smaller than the best, and not excluded
    std::vector<Block> blocks;
    for (std::size_t o = 0; o < order.options.size(); ++o) {
        if (!may_hold(order, o, counts)) continue;
        single.possible = true;
        if (search.lay_all(o, counts, 0, 3, without_end, blocks)) {
            single.best = Full{o, blocks};
            break;
        }
        open.push_back(o);
    }
    // The rest of the work goes to the smaller ones, the plain recipes before the bent ones.
    // While there is none at all, some of it is left for several cartons.
    const auto is_over = [&] { return single.best ? search.is_over() : search.is_half_over(); };
    // Few units can be laid in few ways only, which have soon been seen.
    const auto most = recipes_a_unit * std::accumulate(counts.begin(), counts.end(), 0L);
    for (std::int64_t from = 3, to = plain_recipes; !open.empty() && from < most && !is_over();
         from = to, to += plain_recipes) {
        for (std::size_t i = 0; i < open.size() && !is_over(); ++i) {
            if (!search.lay_all(open[i], counts, from, to, without_end, blocks)) continue;
            single.best = Full{open[i], blocks};
            open.resize(i);
        }
    }
    return single;
}

}  // namespace kemas::cartonize
