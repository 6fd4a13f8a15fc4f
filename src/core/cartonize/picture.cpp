#include "core/cartonize/picture.hpp"

#include <algorithm>
#include <array>

#include "core/cartonize/paint_order.hpp"
#include "core/cartonize/svg_text.hpp"

namespace kemas::cartonize {
namespace {

constexpr std::int64_t panel_width = 240, panel_height = 260, head_height = 30, a_row = 4;

Cuboid body_of(const Placed& placed) {
    const Vec lo{static_cast<Length>(placed.x.value), static_cast<Length>(placed.y.value),
                 static_cast<Length>(placed.z.value)};
    return {lo,
            {lo[0] + static_cast<Length>(placed.size.length.value),
             lo[1] + static_cast<Length>(placed.size.width.value),
             lo[2] + static_cast<Length>(placed.size.height.value)}};
}

// Seen from above the front right edge: x goes down to the right, y down to the left. In
// thousandths, so that the cosine of 30 degrees is whole.
std::string point(Length x, Length y, Length z) {
    return number(std::int64_t{x - y} * 866) + "," +
           number(std::int64_t{x + y} * 500 - std::int64_t{z} * 1000) + " ";
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

// The floor and the two walls behind.
std::string inside_of(const Vec& room) {
    const auto [x, y, z] = room;
    return polygon(point(0, 0, 0) + point(x, 0, 0) + point(x, y, 0) + point(0, y, 0), "#faf3e8") +
           polygon(point(0, 0, 0) + point(x, 0, 0) + point(x, 0, z) + point(0, 0, z), "#f3e7d3") +
           polygon(point(0, 0, 0) + point(0, y, 0) + point(0, y, z) + point(0, 0, z), "#ecdcc2") +
           "\n";
}

std::string sides(const Size& size) {
    return number(size.length.value) + " x " + number(size.width.value) + " x " +
           number(size.height.value);
}

// A name as wide as a panel: its middle is left out, since what tells goods apart stands at either
// end ("... 200 g").
std::string fitted(const std::string& name) {
    constexpr std::size_t most = 32, head = 17, tail = 14;
    std::vector<std::size_t> starts;  // of characters of UTF-8
    for (std::size_t i = 0; i < name.size(); ++i)
        if ((static_cast<unsigned char>(name[i]) & 0xC0) != 0x80) starts.push_back(i);
    if (starts.size() <= most) return name;
    return name.substr(0, starts[head]) + "\xE2\x80\xA6" +
           name.substr(starts[starts.size() - tail]);
}

std::string caption(const Packed& packed, const std::vector<Item>& items, const Step& step,
                    std::size_t at, const PictureWords& words) {
    const auto& first = packed.placed[step.first];
    return text_at(8, 16,
                   number(static_cast<std::int64_t>(at) + 1) + ". " +
                       number(static_cast<std::int64_t>(step.count)) + " x " +
                       fitted(items[first.item].name)) +
           text_at(8, 32,
                   sides(first.size) + " mm \xC2\xB7 " + words.layer + " " + number(step.layer)) +
           text_at(8, 48,
                   "\xE2\x86\x98 " + number(first.x.value) + "  \xE2\x86\x99 " +
                       number(first.y.value) + "  \xE2\x86\x91 " + number(first.z.value) + " mm");
}

// What lies after a step, drawn within the panel whatever the carton's size.
std::string scene(const Packed& packed, const Step& step, const std::vector<std::size_t>& paint) {
    const Vec room{static_cast<Length>(packed.inner.length.value),
                   static_cast<Length>(packed.inner.width.value),
                   static_cast<Length>(packed.inner.height.value)};
    const auto left = -std::int64_t{room[1]} * 866, top = -std::int64_t{room[2]} * 1000;
    const auto width = std::int64_t{room[0] + room[1]} * 866;
    const auto height = std::int64_t{room[0] + room[1]} * 500 - top;
    const auto line = std::max(width, height) / 400 + 1;
    std::string svg = "<svg x=\"8\" y=\"54\" width=\"" + number(panel_width - 16) + "\" height=\"" +
                      number(panel_height - 62) + "\" viewBox=\"" + number(left - line) + " " +
                      number(top - line) + " " + number(width + 2 * line) + " " +
                      number(height + 2 * line) +
                      "\"><g stroke=\"#333333\" stroke-linejoin=\"round\" stroke-width=\"" +
                      number(line) + "\">\n" + inside_of(room);
    for (const auto i : paint) {
        if (i >= step.first + step.count) continue;
        const auto& placed = packed.placed[i];
        svg +=
            drawn(body_of(placed), i < step.first ? grey : colours[placed.item % colours.size()]);
    }
    return svg + "</g></svg>\n";
}

// Beside the one before, or on top of the layer that it was in.
bool go_on(const Placed& before, const Placed& next) {
    return before.item == next.item && before.size == next.size &&
           (before.z == next.z || before.z + before.size.height == next.z);
}

}  // namespace

std::vector<Step> steps_of(const Packed& packed) {
    std::vector<Step> steps;
    std::vector<Millimetres> floors;
    for (const auto& placed : packed.placed) floors.push_back(placed.z);
    std::sort(floors.begin(), floors.end());
    floors.erase(std::unique(floors.begin(), floors.end()), floors.end());
    for (std::size_t i = 0; i < packed.placed.size(); ++i) {
        if (i > 0 && go_on(packed.placed[i - 1], packed.placed[i])) {
            ++steps.back().count;
            continue;
        }
        const auto floor = std::lower_bound(floors.begin(), floors.end(), packed.placed[i].z);
        steps.push_back({i, 1, floor - floors.begin() + 1});
    }
    return steps;
}

std::string picture(const Packed& packed, const std::vector<Item>& items, const Carton& carton,
                    const PictureWords& words) {
    std::vector<Cuboid> bodies;
    for (const auto& placed : packed.placed) bodies.push_back(body_of(placed));
    const auto paint = paint_order(bodies);
    const auto steps = steps_of(packed);
    const auto rows = (std::ssize(steps) + a_row - 1) / a_row;
    std::string svg = document_of(a_row * panel_width, head_height + rows * panel_height);
    svg += text_at(8, 20,
                   carton.name + " \xC2\xB7 " + sides(packed.inner) + " mm \xC2\xB7 " +
                       number((packed.gross.value + 500) / 1000) + " g \xC2\xB7 " +
                       number((packed.empty_permille + 5) / 10) + " % " + words.empty);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto at = static_cast<std::int64_t>(i);
        svg += "<g transform=\"translate(" + number(at % a_row * panel_width) + " " +
               number(head_height + at / a_row * panel_height) + ")\">\n" +
               caption(packed, items, steps[i], i, words) + scene(packed, steps[i], paint) +
               "</g>\n";
    }
    return svg + "</svg>\n";
}

}  // namespace kemas::cartonize
