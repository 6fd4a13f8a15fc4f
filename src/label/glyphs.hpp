// Dots of single letters, kept: most labels are made of the same few hundred. Knows no text.
#pragma once

#include <pango/pangocairo.h>

#include <cstdint>
#include <unordered_map>

#include "label/ink.hpp"

namespace kemas::label {

struct Glyph {
    int left = 0, top = 0;  // of its dots, from the pen's place on the base line
    Ink ink;
};

// One thread's letters.
class Glyphs {
 public:
    Glyphs() = default;
    ~Glyphs() { forget(); }
    Glyphs(const Glyphs&) = delete;
    Glyphs& operator=(const Glyphs&) = delete;

    /// The dots of a glyph as Cairo draws them on a one-bit surface; empty for a space.
    const Glyph& of(PangoFont* font, PangoGlyph glyph);

 private:
    struct Key {
        PangoFont* font;
        PangoGlyph glyph;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const {
            return reinterpret_cast<std::uintptr_t>(key.font) * 31 + key.glyph * 2654435761U;
        }
    };
    void forget();

    std::unordered_map<Key, Glyph, Hash> known_;  // each holds its font
};

/// Draws the layout's letters with its top left corner at (left, top); all must lie inside `out`.
void draw_letters(PangoLayout* layout, int left, int top, Glyphs& glyphs, Ink& out);

}  // namespace kemas::label
