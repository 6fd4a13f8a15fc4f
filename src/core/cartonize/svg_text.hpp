// The few pieces of SVG that the picture is made of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kemas::cartonize {

inline std::string number(std::int64_t value) {
    return std::to_string(value);
}

// What XML's text may hold: markup escaped, control bytes left out.
inline std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '&')
            safe += "&amp;";
        else if (c == '<')
            safe += "&lt;";
        else if (c == '>')
            safe += "&gt;";
        else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f)
            safe += c;
    }
    return safe;
}

// `more`: further attributes, with a space before each.
inline std::string text_at(std::int64_t x, std::int64_t y, std::string_view text,
                           const char* more = "") {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\"" + more + ">" + escaped(text) +
           "</text>\n";
}

// Centred on the point, `size` high, with a light rim so that it reads on every colour.
inline std::string big_text(std::int64_t x, std::int64_t y, std::int64_t size,
                            std::string_view text) {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y + size * 35 / 100) + "\" font-size=\"" +
           number(size) + "\" stroke-width=\"" + number(size / 6) +
           "\" class=\"n\" text-anchor=\"middle\" font-weight=\"700\" fill=\"#000000\" "
           "stroke=\"#ffffff\" paint-order=\"stroke\">" +
           escaped(text) + "</text>\n";
}

inline std::string rect_at(std::int64_t x, std::int64_t y, std::int64_t width, std::int64_t height,
                           const char* fill) {
    return "<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width) +
           "\" height=\"" + number(height) + "\" fill=\"" + fill + "\"/>\n";
}

inline std::string line_between(std::int64_t x1, std::int64_t y1, std::int64_t x2,
                                std::int64_t y2) {
    return "<line x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2) +
           "\" y2=\"" + number(y2) + "\"/>\n";
}

inline std::string document_of(std::int64_t width, std::int64_t height) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(width) + "\" height=\"" +
           number(height) + "\" viewBox=\"0 0 " + number(width) + " " + number(height) +
           "\" font-family=\"sans-serif\" font-size=\"15\">\n<rect width=\"100%\" "
           "height=\"100%\" fill=\"#ffffff\"/>\n";
}

// Where a drawing of its own scale lies in the document; closed by "</svg>".
struct Frame {
    std::int64_t x = 0, y = 0, width = 0, height = 0;
};
inline std::string drawing_in(const Frame& frame, std::int64_t left, std::int64_t top,
                              std::int64_t width, std::int64_t height) {
    return "<svg x=\"" + number(frame.x) + "\" y=\"" + number(frame.y) + "\" width=\"" +
           number(frame.width) + "\" height=\"" + number(frame.height) + "\" viewBox=\"" +
           number(left) + " " + number(top) + " " + number(width) + " " + number(height) + "\">\n";
}

}  // namespace kemas::cartonize
