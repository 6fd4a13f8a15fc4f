// What is to be packed, into what, and what comes out. Knows nothing of orders, stock or prices:
// whoever asks turns an order's lines into items.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/quantities.hpp"

namespace kemas::cartonize {

struct Item {
    std::string name;  // for the picture; the SKU or what the packer calls it
    Size size;         // of one unit; `height` is its height when it stands upright
    Milligrams weight;
    std::int64_t quantity = 1;
    bool upright = false;       // this side up: turned about the vertical only
    bool keep_flat = false;     // lies on its largest face: the shortest side is vertical
    bool never_on_end = false;  // its longest side is not vertical
    bool fragile = false;       // nothing heavier than one unit lies anywhere above it
    std::string goods;          // a class such as "food"; Rules say what it may not travel with
};

enum class Kind { box, mailer };

// A mailer's `inner` is its flat usable length and width, and the greatest thickness of what is in
// it as `height`; filled to a thickness t it holds (length - t) x (width - t) x t. Its `outer` is
// its flat length and width, and the thickness of its two walls as `height`.
struct Carton {
    std::string name;
    Kind kind = Kind::box;
    Size inner, outer;
    Milligrams tare, max_gross;  // max_gross counts the tare
    Money cost;
};

struct Rules {
    std::int64_t support_percent = 75;  // of each unit's base, on the floor or on other units
    std::vector<std::pair<std::string, std::string>> apart;  // goods that share no carton
    std::int64_t most_cartons = 0;                           // 0 = as many as it takes
    std::int64_t work_steps = 200'000;  // the limit of the search; core has no clock. 0 is enough
                                        // for a first answer, which is never refused for time
};

// One unit in its place: millimetres from the carton's inner corner, z upwards.
struct Placed {
    std::size_t item = 0;  // index into the items asked
    Millimetres x, y, z;
    Size size;  // as turned: length along x, width along y, height along z
};

struct Packed {
    std::size_t carton = 0;      // index into the cartons offered
    std::vector<Placed> placed;  // in the order of packing: each can be lowered into its place
    Milligrams gross;
    Size inner, outer;                // as filled: differs from the carton's for a mailer only
    std::int64_t empty_permille = 0;  // of the inner space, rounded to the nearest
};

struct Plan {
    std::vector<Packed> cartons;
    bool fewest_proven = false;  // no plan can have fewer cartons
    std::int64_t steps = 0;      // work done
};

enum class Why { no_cartons, bad_item, bad_carton, too_large, too_heavy, too_many };

// Why an order has no plan. `item` is the index of the one to blame, where one is.
struct Refused {
    Why why = Why::too_many;
    std::optional<std::size_t> item;
};

}  // namespace kemas::cartonize
