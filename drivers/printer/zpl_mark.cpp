#include "drivers/printer/zpl_mark.hpp"

#include <algorithm>
#include <regex>
#include <vector>

#include "drivers/printer/zpl_codec.hpp"
#include "drivers/printer/zpl_room.hpp"

namespace kemas::printer {
namespace {

constexpr std::string_view job_begin = "^XA^FX kemas ";
constexpr std::string_view job_end = "^PQ1^XZ\n";
constexpr std::string_view mark_begin = "^MUD^LRN^LH0,0^FO";

bool meets(const ZplBlock& a, int left, int top, int right, int bottom, int margin) {
    return a.left < right + margin && left < a.right + margin && a.top < bottom + margin &&
           top < a.bottom + margin;
}

struct Place {
    int x = 0, y = 0;
};

// From the top, then from the foot; of one row the outermost place first.
std::optional<Place> free_place(const ZplRoom& room, int width, int height, int w, int h,
                                int per_mm) {
    const int edge = per_mm, step = std::max(1, per_mm / 2);
    const auto is_free = [&](int x, int y) {
        return std::ranges::none_of(room.taken, [&](const ZplBlock& block) {
            return meets(block, x, y, x + w, y + h, block.barcode ? per_mm : per_mm / 2);
        });
    };
    const int right = width - edge - w, foot = height - edge - h;
    if (right < edge || foot < edge) return std::nullopt;
    std::vector<int> rows{edge, foot};
    for (int y = edge + step; y < foot; y += step) rows.push_back(y);
    for (const int y : rows) {
        if (is_free(edge, y)) return Place{edge, y};
        if (is_free(right, y)) return Place{right, y};
        for (int x = edge + 2 * step; x < right; x += 2 * step)
            if (is_free(x, y)) return Place{x, y};
    }
    return std::nullopt;
}

// What is said of the paper counts; else only what surely lies on it, as the fields' places do.
int side_of(int paper, int said, int farthest) {
    if (paper > 0 && said > 0) return std::min(paper, said);
    return paper > 0 ? paper : said > 0 ? said : farthest;
}

}  // namespace

std::optional<std::string> marked_zpl(const std::string& zpl, const std::string& text,
                                      const ZplPaper& paper) {
    const auto words = zpl_comment(text);
    if (words.empty() || !zpl.ends_with(job_end)) return std::nullopt;
    const auto room = zpl_room(zpl, paper.dpi);
    if (!room) return std::nullopt;
    const int per_mm = std::max(1, (paper.dpi * 10 + 127) / 254);
    const int height = 5 * per_mm / 2;
    const int width = static_cast<int>(words.size()) * height * 4 / 5;
    const auto at =
        free_place(*room, side_of(paper.width, room->width, room->farthest_x),
                   side_of(paper.height, room->height, room->lowest_y), width, height, per_mm);
    if (!at) return std::nullopt;
    const auto letter = std::to_string(height);
    return zpl.substr(0, zpl.size() - job_end.size()) + std::string(mark_begin) +
           std::to_string(at->x) + "," + std::to_string(at->y) + "^A0N," + letter + "," + letter +
           "^FD" + words + "^FS" + std::string(job_end);
}

std::string unmarked_zpl(std::string zpl) {
    static const std::regex mark(
        "\\^MUD\\^LRN\\^LH0,0\\^FO[0-9]+,[0-9]+\\^A0N,[0-9]+,[0-9]+"
        "\\^FD[A-Za-z0-9 =._/-]{1,120}\\^FS\\^PQ1\\^XZ\\n");
    const auto begin = zpl.rfind(mark_begin);
    constexpr std::size_t longest = 220;
    if (!zpl.starts_with(job_begin) || begin == std::string::npos || zpl.size() - begin > longest ||
        !std::regex_match(zpl.begin() + static_cast<std::ptrdiff_t>(begin), zpl.end(), mark))
        return zpl;
    return zpl.replace(begin, std::string::npos, job_end);
}

}  // namespace kemas::printer
