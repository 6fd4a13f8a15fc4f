// What other carton sizes would have saved over a period: fed with its orders one by one, so that
// whoever feeds it keeps its own pace. Knows no dates; a period is the orders that were added.
#pragma once

#include <array>
#include <cstdint>
#include <tl/expected.hpp>
#include <vector>

#include "core/cartonize/types.hpp"

namespace kemas::cartonize {

// How much a carton of the site was used, or was left over to waste.
struct Usage {
    std::int64_t cartons = 0;
    std::int64_t outer_mm3 = 0, inner_mm3 = 0, goods_mm3 = 0;
    Money cost;
    std::int64_t empty_permille() const;  // 0 when it was not used
};

// One more size, beside the site's and those named before it.
struct Saving {
    Carton carton;
    std::int64_t orders = 0;     // that would have gone into it
    std::int64_t outer_mm3 = 0;  // less than before
    std::int64_t cartons = 0;    // fewer than before
    Money cost;                  // less than before; negative: it costs more
};

struct AssortmentReport {
    std::int64_t orders = 0, refused = 0;
    Usage all;
    std::vector<Usage> by_carton;  // as the site's cartons
    std::vector<Saving> savings;   // in the order to adopt them, each beside those before it
};

struct Proposals {
    std::int64_t step_mm = 10;    // sizes are multiples of it
    std::int64_t wall_mm = 4;     // of each side
    std::int64_t most = 3;        // sizes to name
    std::int64_t compared = 200;  // new sizes that compete; 0 = the wanted ones alone
};

// A box that nobody has yet: tare, limit and cost of the smallest of `ours` that is at least as
// large inside, else of the largest. `ours` without a box: no tare, no cost, a limit of 1 t.
Carton new_box(const Size& inner, const std::vector<Carton>& ours, std::int64_t wall_mm);

class Assortment {
 public:
    // `wanted` are sizes somebody thinks of; each order is tried in them for what they are.
    Assortment(std::vector<Carton> cartons, std::vector<Carton> wanted, Rules rules);

    void add(const std::vector<Item>& order);

    // The wanted sizes and new ones, taken from how the orders lay in the site's cartons: the
    // space they took there is proof that they fit. A new size has the cost and tare of the
    // site's smallest carton that is at least as large, and its greatest gross weight.
    // Savings are by outer volume; orders in several cartons are counted for wanted sizes only.
    AssortmentReport report(const Proposals& proposals = {}) const;

 private:
    struct Taken {  // by one order
        std::int64_t outer_mm3 = 0, cartons = 0;
        Money cost;
        std::array<std::int64_t, 3> extent{};  // mm of a single carton that were used; 0 = several
        Milligrams net;
        std::vector<bool> fits_wanted;
    };
    bool fits(const Taken& taken, const Carton& carton) const;
    std::vector<Carton> proposed(const Proposals& proposals) const;

    std::vector<Carton> cartons_, wanted_;
    Rules rules_;
    AssortmentReport so_far_;
    std::vector<Taken> taken_;
};

}  // namespace kemas::cartonize
