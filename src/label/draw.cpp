#include "label/draw.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <unordered_map>

#include "label/barcode.hpp"
#include "label/text_painter.hpp"

namespace kemas::label {
namespace {

// Fonts of this thread, and the ink of texts it set before: courier, sender and headings repeat
// on label after label. Bounded, and only ever a shortcut to the same dots.
class Artist {
 public:
    const tl::expected<Ink, std::string>& ink(int dots_per_mm, const Box& box,
                                              const std::string& text) {
        if (known_.size() >= most_inks) known_.clear();
        Key key{text, box.style, dots_per_mm, box.area.width, box.area.height};
        const auto found = known_.find(key);
        if (found != known_.end()) return found->second;
        auto& painter = painters_[dots_per_mm];
        if (!painter) painter = std::make_unique<TextPainter>(dots_per_mm);
        auto drawn = painter->set(text, box.style, box.area.width, box.area.height);
        return known_.emplace(std::move(key), std::move(drawn)).first->second;
    }

 private:
    static constexpr std::size_t most_inks = 512;
    struct Key {
        std::string text;
        TextStyle style;
        int dots_per_mm, width, height;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const {
            return std::hash<std::string>()(key.text) ^ static_cast<std::size_t>(key.width * 4099);
        }
    };

    std::map<int, std::unique_ptr<TextPainter>> painters_;
    std::unordered_map<Key, tl::expected<Ink, std::string>, Hash> known_;
};

// Visits the bytes under an area with a mask of the dots inside it.
template <class Visit>
void each_byte(const Page& page, Area area, Visit visit) {
    if (area.width <= 0) return;
    const int first = area.x / 8, last = (area.x + area.width - 1) / 8;
    const unsigned first_mask = 0xFFU >> (area.x % 8);
    const unsigned last_mask = 0xFFU << (7 - (area.x + area.width - 1) % 8);
    for (int y = area.y; y < area.y + area.height; ++y)
        for (int i = first; i <= last; ++i) {
            const unsigned mask =
                (i == first ? first_mask : 0xFFU) & (i == last ? last_mask : 0xFFU);
            visit(static_cast<std::size_t>(y * page.row_bytes() + i),
                  static_cast<std::uint8_t>(mask));
        }
}

void fill(Page& page, Area area) {
    each_byte(page, area, [&](std::size_t i, std::uint8_t mask) { page.bits[i] |= mask; });
}

bool blank(const Page& page, Area area) {
    unsigned seen = 0;
    each_byte(page, area, [&](std::size_t i, std::uint8_t mask) { seen |= page.bits[i] & mask; });
    return seen == 0;
}

void lay(Page& page, const Ink& ink, int left, int top, bool white) {
    const int ink_row = (ink.width + 7) / 8;
    const int shift = left % 8;
    for (int y = 0; y < ink.height; ++y) {
        std::uint8_t* row = &page.bits[static_cast<std::size_t>((top + y) * page.row_bytes())];
        for (int i = 0; i < ink_row; ++i) {
            const unsigned byte = ink.bits[static_cast<std::size_t>(y * ink_row + i)];
            if (byte == 0) continue;
            const unsigned spread = byte << (8 - shift);
            for (int half = 0; half < 2; ++half) {
                const auto dots = static_cast<std::uint8_t>(half == 0 ? spread >> 8 : spread);
                if (dots == 0) continue;
                std::uint8_t& target = row[left / 8 + i + half];
                target = static_cast<std::uint8_t>(white ? target & ~dots : target | dots);
            }
        }
    }
}

void frame(Page& page, const Box& box) {
    const Area& a = box.area;
    const int t = std::min({box.thickness, a.width, a.height});
    if (box.filled) return fill(page, a);
    fill(page, {a.x, a.y, a.width, t});
    fill(page, {a.x, a.y + a.height - t, a.width, t});
    fill(page, {a.x, a.y, t, a.height});
    fill(page, {a.x + a.width - t, a.y, t, a.height});
}

// A line is as long as its longer side; the thickness grows towards the inside of the page.
void rule(Page& page, const Box& box) {
    Area a = box.area;
    (a.width >= a.height ? a.height : a.width) = box.thickness;
    a.width = std::min(a.width, page.width - a.x);
    a.height = std::min(a.height, page.height - a.y);
    fill(page, a);
}

class Drawing {
 public:
    Drawing(const Layout& layout, const LabelContent& content, Artist& artist)
        : layout_(layout), content_(content), artist_(artist) {
        Page& page = out_.page;
        page.width = layout.width;
        page.height = layout.height;
        page.dpi = layout.dpi;
        page.bits.resize(static_cast<std::size_t>(page.row_bytes() * page.height));
    }

    tl::expected<DrawnLabel, LabelRefusal> finished() {
        // Barcodes come last, so that any ink in their way is seen.
        for (const bool barcodes : {false, true})
            for (const Box& box : layout_.boxes) {
                if ((box.kind == Box::Kind::barcode) != barcodes || !wanted(box)) continue;
                if (auto refusal = put(box); !refusal.why.empty())
                    return tl::unexpected(std::move(refusal));
            }
        return std::move(out_);
    }

 private:
    bool wanted(const Box& box) const {
        return (box.when.empty() || !content_.at(box.when).empty()) &&
               (box.unless.empty() || content_.at(box.unless).empty());
    }

    LabelRefusal put(const Box& box) {
        if (box.kind == Box::Kind::rectangle) return frame(out_.page, box), LabelRefusal{};
        if (box.kind == Box::Kind::line) return rule(out_.page, box), LabelRefusal{};
        const std::string field =
            box.text.blame(content_, "line " + std::to_string(box.source_line) + " of the layout");
        const auto text = box.text.filled(content_);
        if (!text) return text.error();
        if (box.required)
            for (const std::string& name : box.text.fields())
                if (content_.at(name).find_first_not_of(" \t\r\n") == std::string::npos)
                    return {name, "The " + name + " is empty, but the label \"" + layout_.name +
                                      "\" needs it: fill it in, then print."};
        if (text->empty()) return {};
        if (box.kind == Box::Kind::barcode) return put_barcode(box, field, *text);
        const auto& ink = artist_.ink(layout_.dots_per_mm, box, *text);
        if (!ink) return {field, "The " + field + " " + ink.error()};
        lay(out_.page, *ink, box.area.x, box.area.y, box.style.white);
        return {};
    }

    LabelRefusal put_barcode(const Box& box, const std::string& field, const std::string& text) {
        const auto modules = code128(text);
        if (!modules)
            return {field, "The " + field + " \"" + text + "\" " + modules.error() +
                               ": correct it, then print."};
        const int across = static_cast<int>(modules->size()) + 2 * code128_quiet_modules;
        const int dots = std::min(box.max_dots, box.area.width / across);
        if (dots < box.min_dots) {
            char words[160];
            std::snprintf(
                words, sizeof words,
                " as a barcode needs %.1f mm at %d dots a module, its box is %.1f mm wide",
                static_cast<double>(across * box.min_dots) / layout_.dots_per_mm, box.min_dots,
                static_cast<double>(box.area.width) / layout_.dots_per_mm);
            return {field, "The " + field + " \"" + text + "\"" + words +
                               ": use a wider box in the layout."};
        }
        const Area zone{box.area.x + (box.area.width - across * dots) / 2, box.area.y,
                        across * dots, box.area.height};
        if (!blank(out_.page, zone))
            return {field, "Something else is drawn over the barcode of the " + field +
                               " or its quiet zone: move the boxes of the layout \"" +
                               layout_.name + "\" apart."};
        for (std::size_t m = 0; m < modules->size(); ++m)
            if ((*modules)[m])
                fill(out_.page, {zone.x + (code128_quiet_modules + static_cast<int>(m)) * dots,
                                 zone.y, dots, zone.height});
        out_.barcodes.push_back({"code128", text, zone.x, zone.y, zone.width, zone.height});
        return {};
    }

    const Layout& layout_;
    const LabelContent& content_;
    Artist& artist_;
    DrawnLabel out_;
};

}  // namespace

tl::expected<DrawnLabel, LabelRefusal> draw(const Layout& layout, const LabelContent& content) {
    thread_local Artist artist;
    return Drawing(layout, content, artist).finished();
}

}  // namespace kemas::label
