#include "label/draw.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>

#include "label/barcode.hpp"
#include "label/dots.hpp"
#include "label/stamp.hpp"
#include "label/text_painter.hpp"

namespace kemas::label {
namespace {

// Fonts of this thread, and the ink of texts it set before: courier, sender and headings repeat
// on label after label. Bounded, and only ever a shortcut to the same dots.
class Artist {
 public:
    const tl::expected<Ink, std::string>& ink(int dots_per_mm, const Box& box,
                                              const std::string& text) {
        Key key{text, box.style, dots_per_mm, box.area.width, box.area.height};
        if (const auto found = young_.find(key); found != young_.end()) return found->second;
        if (young_.size() >= most_inks) {
            old_ = std::move(young_);
            young_.clear();
        }
        if (auto found = old_.find(key); found != old_.end())
            return young_.insert(old_.extract(found)).position->second;
        auto& painter = painters_[dots_per_mm];
        if (!painter) painter = std::make_unique<TextPainter>(dots_per_mm);
        auto drawn = painter->set(text, box.style, box.area.width, box.area.height);
        return young_.emplace(std::move(key), std::move(drawn)).first->second;
    }

 private:
    static constexpr std::size_t most_inks = 256;
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
    // What was not used for a whole generation is forgotten.
    std::unordered_map<Key, tl::expected<Ink, std::string>, Hash> young_, old_;
};

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
        if (box.kind == Box::Kind::image)
            return lay(out_.page, *box.picture, box.area.x, box.area.y, false), LabelRefusal{};
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
        if (!ink) {
            const std::string why = ink.error();
            const auto worst = worst_text(box, field);
            return {worst, "The " + worst + " " + why};
        }
        lay(out_.page, *ink, box.area.x, box.area.y, box.style.white);
        return {};
    }

    // Of several fields in one box: the first that would not go in alone.
    std::string worst_text(const Box& box, const std::string& otherwise) {
        if (box.text.fields().size() > 1)
            for (const auto& field : box.text.alone())
                if (const auto text = field.filled(content_);
                    text && !text->empty() && !artist_.ink(layout_.dots_per_mm, box, *text))
                    return field.fields().front();
        return otherwise;
    }

    // The same of a GS1 code: the element string that is none, and in it the field with a sign that
    // is neither digit nor letter.
    std::string worst_element(const Box& box, const std::string& otherwise) const {
        if (!rules_of(box.symbology).gs1 || box.text.fields().size() < 2) return otherwise;
        for (const auto& element : box.text.elements()) {
            const auto text = element.filled(content_);
            if (!text || encode(box.symbology, *text)) continue;
            for (const auto& field : element.fields())
                if (!std::ranges::all_of(content_.at(field), is_plain)) return field;
            return element.blame(content_, otherwise);
        }
        return otherwise;
    }
    static bool is_plain(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    LabelRefusal put_barcode(const Box& box, const std::string& field, const std::string& text) {
        if (rules_of(box.symbology).gs1)
            for (const std::string& name : box.text.fields())
                if (content_.at(name).find_first_of("[]") != std::string::npos)
                    return {name, "The " + name + " \"" + content_.at(name) +
                                      "\" holds a bracket, which a GS1 code cannot carry: correct "
                                      "it, then print."};
        auto stamped = stamp(layout_, box, text, out_.page);
        if (!stamped) {
            const auto worst = worst_element(box, field);
            return {worst, "The " + worst + " " + stamped.error()};
        }
        stamped->field = field;
        out_.barcodes.push_back(std::move(*stamped));
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
