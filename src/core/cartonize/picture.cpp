#include "core/cartonize/picture.hpp"

#include <algorithm>

#include "core/cartonize/views.hpp"

namespace kemas::cartonize {
namespace {

constexpr std::int64_t panel_width = 440, panel_height = 400, head_height = 40, a_row = 3;
constexpr std::size_t line_signs = 42;  // of a name's line

std::string sides(const Size& size) {
    return number(size.length.value) + " x " + number(size.width.value) + " x " +
           number(size.height.value);
}

std::vector<std::size_t> signs_of(const std::string& text) {
    std::vector<std::size_t> starts;  // of characters of UTF-8
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) starts.push_back(i);
    return starts;
}

// A name in two lines at most, broken at a space near the first one's end. A longer one loses its
// middle, since what tells goods apart stands at either end ("... 200 g").
std::vector<std::string> in_lines(std::string name) {
    constexpr std::size_t head = line_signs + 8, tail = 26;
    auto starts = signs_of(name);
    if (starts.size() > head + tail + 1) {
        name = name.substr(0, starts[head]) + "\xE2\x80\xA6" +
               name.substr(starts[starts.size() - tail]);
        starts = signs_of(name);
    }
    if (starts.size() <= line_signs) return {name};
    auto end = name.rfind(' ', starts[line_signs]);
    auto next = end + 1;
    if (end == std::string::npos || end < starts[line_signs / 2]) end = next = starts[line_signs];
    return {name.substr(0, end), name.substr(next)};
}

// The signs of a carton's outside: a glass, two arrows, a flat thing.
constexpr const char* glass =
    "<path d=\"M4 2h12l-1 7a5 5 0 0 1-4 4v5h4v2H5v-2h4v-5a5 5 0 0 1-4-4zM10 2l-2 4 3 2-2 4\" ";
constexpr const char* arrows = "<path d=\"M6 16V4M2 8l4-5 4 5M15 16V4M11 8l4-5 4 5M1 19h18\" ";
constexpr const char* flat_sign = "<path d=\"M1 12h18v5H1zM10 1v8M7 6l3 4 3-4\" ";

std::string signs(const Item& item, const PictureWords& words) {
    std::string svg;
    std::int64_t x = 8;
    const auto put = [&](const char* sign, const std::string& text) {
        svg += "<g transform=\"translate(" + number(x) + " 72)\">" + sign +
               "fill=\"none\" stroke=\"#000000\" stroke-width=\"2\"/></g>\n" +
               text_at(x + 26, 88, text, " font-weight=\"700\"");
        x += 42 + static_cast<std::int64_t>(signs_of(text).size()) * 8;
    };
    if (item.fragile) put(glass, words.fragile);
    if (item.upright) put(arrows, words.upright);
    if (item.keep_flat && x == 8) put(flat_sign, words.flat);
    return svg;
}

std::string caption(const Packing& packing, const std::vector<Item>& items, std::size_t step,
                    const PictureWords& words) {
    const auto& here = packing.steps[step];
    const auto& first = packing.packed.placed[here.first];
    const auto& item = items[first.item];
    std::string svg = "<circle cx=\"24\" cy=\"22\" r=\"18\"/>\n" +
                      text_at(24, 29, number(static_cast<std::int64_t>(step) + 1),
                              " fill=\"#ffffff\" font-size=\"20\" font-weight=\"700\" "
                              "text-anchor=\"middle\"");
    const auto lines = in_lines(number(static_cast<std::int64_t>(here.count)) + " x " + item.name);
    for (std::size_t i = 0; i < lines.size(); ++i)
        svg += text_at(50, 20 + 20 * static_cast<std::int64_t>(i), lines[i],
                       " font-size=\"17\" font-weight=\"700\"");
    return svg +
           text_at(
               50, 22 + 20 * std::ssize(lines),
               sides(first.size) + " mm \xC2\xB7 " + words.layer + " " + number(here.layer) +
                   (first.z.value > 0 ? " \xC2\xB7 \xE2\x86\x91 " + number(first.z.value) + " mm"
                                      : "")) +
           signs(item, words);
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
    const auto packing = packing_of(packed);
    const auto panels = std::ssize(packing.steps);
    const auto rows = (panels + a_row - 1) / a_row;
    std::string svg = document_of(a_row * panel_width, head_height + rows * panel_height);
    svg += text_at(8, 27,
                   carton.name + " \xC2\xB7 " + sides(packed.inner) + " mm \xC2\xB7 " +
                       number((packed.gross.value + 500) / 1000) + " g \xC2\xB7 " +
                       number((packed.empty_permille + 5) / 10) + " % " + words.empty,
                   " font-size=\"20\" font-weight=\"700\"");
    for (std::size_t i = 0; i < packing.steps.size(); ++i) {
        const auto at = static_cast<std::int64_t>(i);
        svg += "<g transform=\"translate(" + number(at % a_row * panel_width) + " " +
               number(head_height + at / a_row * panel_height) + ")\">\n" +
               caption(packing, items, i, words) + scene(packing, i, {8, 94, 250, 296}) +
               from_above(packing, i, {262, 94, 172, 296}, 8) + "</g>\n";
    }
    return svg + "</svg>\n";
}

std::string picture_of_step(const Packed& packed, std::size_t step, View view) {
    const auto packing = packing_of(packed);
    const Frame whole{8, 8, 584, 584};
    return document_of(600, 600) +
           (view == View::corner ? scene(packing, step, whole)
                                 : from_above(packing, step, whole, 14)) +
           "</svg>\n";
}

}  // namespace kemas::cartonize
