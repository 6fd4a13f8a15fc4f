// Sets text into boxes with Pango, in black and white dots. Knows no layout file and no fields.
#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "core/page.hpp"
#include "label/layout.hpp"

namespace kemas::label {

// One thread's fonts. Not shared: Pango's font maps belong to the thread that made them.
class TextPainter {
 public:
    explicit TextPainter(int dots_per_mm);
    ~TextPainter();
    TextPainter(const TextPainter&) = delete;
    TextPainter& operator=(const TextPainter&) = delete;

    /// The ink of `text` in a box of that size. The error says what does not fit or cannot be
    /// drawn, worded to follow the field's name.
    tl::expected<Ink, std::string> set(const std::string& text, const TextStyle& style, int width,
                                       int height);

 private:
    struct Fonts;
    std::unique_ptr<Fonts> fonts_;
};

}  // namespace kemas::label
