#include "core/cartonize/views.hpp"

#include <algorithm>
#include <array>

#include "core/cartonize/paint_order.hpp"

namespace kemas::cartonize {
namespace {

Cuboid body_of(const Placed& placed) {
    const Vec lo{static_cast<Length>(placed.x.value), static_cast<Length>(placed.y.value),
                 static_cast<Length>(placed.z.value)};
    return {lo,
            {lo[0] + static_cast<Length>(placed.size.length.value),
             lo[1] + static_cast<Length>(placed.size.width.value),
             lo[2] + static_cast<Length>(placed.size.height.value)}};
}

Vec room_of(const Packed& packed) {
    return {static_cast<Length>(packed.inner.length.value),
            static_cast<Length>(packed.inner.width.value),
            static_cast<Length>(packed.inner.height.value)};
}

// In tenths of a millimetre: browsers cut letters at 10,000 units, whatever the drawing's scale.
std::int64_t across(Length x, Length y) {
    return std::int64_t{x - y} * 866 / 100;
}
std::int64_t down(Length x, Length y, Length z) {
    return std::int64_t{x + y} * 5 - std::int64_t{z} * 10;
}
std::string point(Length x, Length y, Length z) {
    return number(across(x, y)) + "," + number(down(x, y, z)) + " ";
}

std::string polygon(const std::string& points, const char* fill) {
    return "<polygon points=\"" + points + "\" fill=\"" + fill + "\"/>";
}

// The three sides that can be seen: the lid, and the two towards the viewer.
std::string drawn(const Cuboid& body, const std::array<const char*, 3>& shades) {
    const auto [x0, y0, z0] = body.lo;
    const auto [x1, y1, z1] = body.hi;
    return polygon(point(x1, y0, z0) + point(x1, y1, z0) + point(x1, y1, z1) + point(x1, y0, z1),
                   shades[1]) +
           polygon(point(x0, y1, z0) + point(x1, y1, z0) + point(x1, y1, z1) + point(x0, y1, z1),
                   shades[2]) +
           polygon(point(x0, y0, z1) + point(x1, y0, z1) + point(x1, y1, z1) + point(x0, y1, z1),
                   shades[0]) +
           "\n";
}

constexpr std::array<const char*, 3> grey{"#eeeeee", "#dddddd", "#cccccc"};
constexpr std::array<std::array<const char*, 3>, 6> colours{{{"#8ecae6", "#5fa8d3", "#3d82b0"},
                                                             {"#ffd166", "#e6b53c", "#c4931c"},
                                                             {"#95d5b2", "#68b68d", "#43906a"},
                                                             {"#f4a3a8", "#dd7780", "#b8525c"},
                                                             {"#cdb4db", "#a98bc0", "#83659b"},
                                                             {"#f6bd8b", "#dd9758", "#b57436"}}};

const std::array<const char*, 3>& shades_of(const Packing& packing, std::size_t unit,
                                            std::size_t step) {
    return packing.step_of[unit] < step
               ? grey
               : colours[packing.packed.placed[unit].item % colours.size()];
}

// The floor and the two walls behind; and the rim, where the two in front would stand.
std::string inside_of(const Vec& room) {
    const auto [x, y, z] = room;
    return polygon(point(0, 0, 0) + point(x, 0, 0) + point(x, y, 0) + point(0, y, 0), "#faf3e8") +
           polygon(point(0, 0, 0) + point(x, 0, 0) + point(x, 0, z) + point(0, 0, z), "#f3e7d3") +
           polygon(point(0, 0, 0) + point(0, y, 0) + point(0, y, z) + point(0, 0, z), "#ecdcc2") +
           "\n";
}
std::string front_of(const Vec& room, std::int64_t dash) {
    const auto [x, y, z] = room;
    return "<polyline fill=\"none\" stroke-dasharray=\"" + number(dash) + "\" points=\"" +
           point(x, 0, z) + point(x, y, z) + point(0, y, z) + "\"/>\n" +
           "<polyline fill=\"none\" stroke-dasharray=\"" + number(dash) + "\" points=\"" +
           point(x, y, 0) + point(x, y, z) + "\"/>\n";
}

std::string step_text(std::size_t step) {
    return number(static_cast<std::int64_t>(step) + 1);
}

// Whether the middle of its lid lies under something that is in by that step.
bool is_covered(const Packing& packing, std::size_t unit, std::size_t step) {
    const auto body = body_of(packing.packed.placed[unit]);
    const auto x = (body.lo[0] + body.hi[0]) / 2, y = (body.lo[1] + body.hi[1]) / 2;
    for (std::size_t i = 0; i < packing.packed.placed.size(); ++i) {
        const auto other = body_of(packing.packed.placed[i]);
        if (packing.step_of[i] <= step && other.lo[2] >= body.hi[2] && other.lo[0] <= x &&
            x < other.hi[0] && other.lo[1] <= y && y < other.hi[1])
            return true;
    }
    return false;
}

// On the lid, as large as it takes; a sliver has no room for it.
std::string number_on(const Cuboid& body, std::size_t step, std::int64_t most) {
    const auto sides = body.sides();
    const auto size = std::min(most, std::int64_t{std::min(sides[0], sides[1])} * 13 / 2);
    if (size * 4 < most) return {};
    const auto x = body.lo[0] + sides[0] / 2, y = body.lo[1] + sides[1] / 2;
    return big_text(across(x, y), down(x, y, body.hi[2]), size, step_text(step));
}

// A distance along an edge: a line with ticks, its length beside it where that fits.
struct Measure {
    bool upright = false;
    std::int64_t at = 0, font = 0;  // of the line; where the other axis has it
    std::string draw(std::int64_t from, std::int64_t to, bool bold) const {
        if (to <= from) return {};
        const auto tick = font / 3;
        std::string svg =
            upright
                ? line_between(at, from, at, to) + line_between(at - tick, from, at + tick, from) +
                      line_between(at - tick, to, at + tick, to)
                : line_between(from, at, to, at) + line_between(from, at - tick, from, at + tick) +
                      line_between(to, at - tick, to, at + tick);
        const auto text = number((to - from) / 10);
        if ((to - from) < font * (upright ? 1 : static_cast<int>(text.size()) * 62 / 100 + 1))
            return svg;
        const auto middle = (from + to) / 2;
        return svg + "<text stroke=\"none\" font-size=\"" + number(font) +
               (bold ? "\" font-weight=\"700" : "") + "\" text-anchor=\"" +
               (upright ? "start" : "middle") + "\" x=\"" +
               number(upright ? at + font / 2 : middle) + "\" y=\"" +
               number(upright ? middle + font * 35 / 100 : at + font * 12 / 10) + "\">" + text +
               "</text>\n";
    }
};

}  // namespace

Packing packing_of(const Packed& packed) {
    Packing packing{packed, steps_of(packed), {}, {}};
    for (std::size_t s = 0; s < packing.steps.size(); ++s)
        packing.step_of.insert(packing.step_of.end(), packing.steps[s].count, s);
    std::vector<Cuboid> bodies;
    for (const auto& placed : packed.placed) bodies.push_back(body_of(placed));
    packing.paint = paint_order(bodies);
    return packing;
}

std::string scene(const Packing& packing, std::size_t step, const Frame& frame) {
    const auto room = room_of(packing.packed);
    const auto left = -std::int64_t{room[1]} * 866 / 100, top = -std::int64_t{room[2]} * 10;
    const auto width = std::int64_t{room[0] + room[1]} * 866 / 100;
    const auto height = std::int64_t{room[0] + room[1]} * 5 - top;
    const auto line = std::max(width, height) / 400 + 1;
    std::string svg =
        drawing_in(frame, left - line, top - line, width + 2 * line, height + 2 * line) +
        "<g stroke=\"#333333\" stroke-linejoin=\"round\" stroke-width=\"" + number(line) + "\">\n" +
        inside_of(room);
    const auto most = std::max(width, height) / 9;
    for (const auto i : packing.paint) {
        if (packing.step_of[i] > step) continue;
        const auto body = body_of(packing.packed.placed[i]);
        svg += drawn(body, shades_of(packing, i, step));
        if (!is_covered(packing, i, step))
            svg +=
                number_on(body, packing.step_of[i], packing.step_of[i] == step ? most : most / 2);
    }
    return svg + front_of(room, 6 * line) + "</g></svg>\n";
}

std::string from_above(const Packing& packing, std::size_t step, const Frame& frame, int lines) {
    const auto room = room_of(packing.packed);
    const auto length = std::int64_t{room[0]} * 10, width = std::int64_t{room[1]} * 10;
    const auto font = std::max(length, width) / lines, line = std::max(length, width) / 300 + 1;
    std::vector<std::size_t> units;  // what lies higher hides what lies under it
    Cuboid block{room, {0, 0, 0}};   // of the step
    for (std::size_t i = 0; i < packing.packed.placed.size(); ++i) {
        if (packing.step_of[i] > step) continue;
        units.push_back(i);
        if (packing.step_of[i] < step) continue;
        const auto body = body_of(packing.packed.placed[i]);
        for (int axis = 0; axis < 3; ++axis) {
            block.lo[axis] = std::min(block.lo[axis], body.lo[axis]);
            block.hi[axis] = std::max(block.hi[axis], body.hi[axis]);
        }
    }
    std::stable_sort(units.begin(), units.end(), [&](std::size_t a, std::size_t b) {
        return packing.packed.placed[a].z < packing.packed.placed[b].z;
    });
    // Room for a line of text above, for a measure below, and beside it on the right.
    std::string svg =
        drawing_in(frame, -font / 4, -font * 14 / 10, length + font * 3, width + font * 38 / 10) +
        "<g stroke=\"#333333\" stroke-width=\"" + number(line) + "\">\n" +
        rect_at(0, 0, length, width, "#faf3e8");
    for (const auto i : units) {
        const auto body = body_of(packing.packed.placed[i]);
        const auto sides = body.sides();
        const auto at = packing.step_of[i];
        svg += rect_at(std::int64_t{body.lo[0]} * 10, std::int64_t{body.lo[1]} * 10,
                       std::int64_t{sides[0]} * 10, std::int64_t{sides[1]} * 10,
                       shades_of(packing, i, step)[0]);
        const auto most = at == step ? font * 2 : font;
        const auto size = std::min(most, std::int64_t{std::min(sides[0], sides[1])} * 7);
        if (size * 4 >= most && !is_covered(packing, i, step))
            svg += big_text(std::int64_t{body.lo[0]} * 10 + std::int64_t{sides[0]} * 5,
                            std::int64_t{body.lo[1]} * 10 + std::int64_t{sides[1]} * 5, size,
                            step_text(at));
    }
    const auto x0 = std::int64_t{block.lo[0]} * 10, x1 = std::int64_t{block.hi[0]} * 10;
    const auto y0 = std::int64_t{block.lo[1]} * 10, y1 = std::int64_t{block.hi[1]} * 10;
    const Measure below{false, width + font * 6 / 10, font},
        beside{true, length + font * 6 / 10, font};
    svg += below.draw(0, x0, false) + below.draw(x0, x1, true) + beside.draw(0, y0, false) +
           beside.draw(y0, y1, true);
    svg += "<text stroke=\"none\" font-size=\"" + number(font) + "\" x=\"0\" y=\"" +
           number(-font * 4 / 10) + "\">" + number(room[0]) + " x " + number(room[1]) +
           " mm</text>\n";
    return svg + "</g></svg>\n";
}

}  // namespace kemas::cartonize
