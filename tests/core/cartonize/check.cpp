#include "check.hpp"

#include <algorithm>
#include <array>

namespace kemas::cartonize {
namespace {

using Sides = std::array<std::int64_t, 3>;

Sides sides_of(const Size& size) {
    return {size.length.value, size.width.value, size.height.value};
}

struct Body {
    Sides lo, hi;
    explicit Body(const Placed& placed) : lo{placed.x.value, placed.y.value, placed.z.value} {
        const auto sides = sides_of(placed.size);
        for (int axis = 0; axis < 3; ++axis) hi[axis] = lo[axis] + sides[axis];
    }
    // The length both cover along an axis; negative when they are apart.
    std::int64_t shared(const Body& other, int axis) const {
        return std::min(hi[axis], other.hi[axis]) - std::max(lo[axis], other.lo[axis]);
    }
    std::int64_t shared_floor(const Body& other) const {
        const auto x = shared(other, 0), y = shared(other, 1);
        return x > 0 && y > 0 ? x * y : 0;
    }
};

bool is_allowed_turn(const Item& item, const Size& turned) {
    auto declared = sides_of(item.size), lies = sides_of(turned);
    const auto shortest = *std::min_element(declared.begin(), declared.end());
    if (item.upright && lies[2] != declared[2]) return false;
    if (item.keep_flat && lies[2] != shortest) return false;
    const auto longest = *std::max_element(declared.begin(), declared.end());
    if (item.never_on_end && lies[2] == longest && shortest != longest) return false;
    std::sort(declared.begin(), declared.end());
    std::sort(lies.begin(), lies.end());
    return declared == lies;
}

bool are_apart(const Rules& rules, const std::string& a, const std::string& b) {
    return a != b && std::any_of(rules.apart.begin(), rules.apart.end(), [&](const auto& pair) {
               return pair == std::pair(a, b) || pair == std::pair(b, a);
           });
}

std::string fault_of_inside(const Carton& carton, const Packed& packed) {
    const auto inner = sides_of(carton.inner), filled = sides_of(packed.inner);
    const auto outer = sides_of(carton.outer), outside = sides_of(packed.outer);
    if (carton.kind == Kind::box) {
        if (filled != inner || outside != outer) return "a box changed its size";
        return "";
    }
    const auto thick = filled[2];
    if (thick < 1 || thick > inner[2]) return "a mailer is too thick";
    if (filled != Sides{inner[0] - thick, inner[1] - thick, thick}) return "a mailer grew";
    if (outside != Sides{outer[0], outer[1], outer[2] + thick})
        return "a mailer's outside is wrong";
    return "";
}

std::string fault_of_unit(const std::vector<Item>& items, const Rules& rules, const Packed& packed,
                          std::size_t at) {
    const auto& placed = packed.placed[at];
    const auto& item = items[placed.item];
    const Body body(placed);
    const auto room = sides_of(packed.inner);
    if (!is_allowed_turn(item, placed.size)) return "a unit is turned as it must not";
    for (int axis = 0; axis < 3; ++axis)
        if (body.lo[axis] < 0 || body.hi[axis] > room[axis]) return "a unit is outside";
    std::int64_t carried = 0;
    for (std::size_t i = 0; i < at; ++i) {
        const auto& other = items[packed.placed[i].item];
        const Body lies(packed.placed[i]);
        const auto floor = body.shared_floor(lies);
        if (floor > 0 && body.shared(lies, 2) > 0) return "two units overlap";
        if (floor > 0 && lies.lo[2] >= body.hi[2]) return "a unit is to pass through another";
        if (lies.hi[2] == body.lo[2]) carried += floor;
        if (floor > 0 && other.fragile && item.weight > other.weight)
            return "something heavier lies above what is fragile";
        if (are_apart(rules, item.goods, other.goods)) return "goods that must be apart meet";
    }
    const auto base = (body.hi[0] - body.lo[0]) * (body.hi[1] - body.lo[1]);
    if (body.lo[2] > 0 && carried * 100 < base * rules.support_percent) return "a unit hangs";
    return "";
}

std::string fault_of_carton(const std::vector<Item>& items, const std::vector<Carton>& cartons,
                            const Rules& rules, const Packed& packed) {
    const auto& carton = cartons[packed.carton];
    if (packed.placed.empty()) return "a carton is empty";
    if (auto fault = fault_of_inside(carton, packed); !fault.empty()) return fault;
    auto gross = carton.tare;
    std::int64_t volume = 0;
    for (std::size_t i = 0; i < packed.placed.size(); ++i) {
        const auto& item = items[packed.placed[i].item];
        if (auto fault = fault_of_unit(items, rules, packed, i); !fault.empty()) return fault;
        if (item.fragile && carton.kind == Kind::mailer) return "a mailer holds what is fragile";
        gross += item.weight;
        const auto sides = sides_of(item.size);
        volume += sides[0] * sides[1] * sides[2];
    }
    if (gross != packed.gross) return "the gross weight is wrong";
    if (gross > carton.max_gross) return "a carton is too heavy";
    const auto inner = sides_of(packed.inner);
    const auto room = inner[0] * inner[1] * inner[2];
    const auto off = packed.empty_permille * room - (room - volume) * 1000;
    if (2 * off > room || 2 * off < -room) return "the empty share is wrong";
    return "";
}

}  // namespace

std::string fault_of(const std::vector<Item>& items, const std::vector<Carton>& cartons,
                     const Rules& rules, const Plan& plan) {
    std::vector<std::int64_t> seen(items.size(), 0);
    for (const auto& packed : plan.cartons) {
        if (packed.carton >= cartons.size()) return "a carton nobody offered";
        for (const auto& placed : packed.placed) {
            if (placed.item >= items.size()) return "an item nobody asked for";
            ++seen[placed.item];
        }
    }
    for (std::size_t i = 0; i < items.size(); ++i)
        if (seen[i] != items[i].quantity) return "units are missing or too many";
    for (const auto& packed : plan.cartons)
        if (auto fault = fault_of_carton(items, cartons, rules, packed); !fault.empty())
            return fault;
    return "";
}

}  // namespace kemas::cartonize
