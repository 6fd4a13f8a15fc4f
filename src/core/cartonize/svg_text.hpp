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

inline std::string text_at(std::int64_t x, std::int64_t y, std::string_view text) {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\">" + escaped(text) + "</text>\n";
}

inline std::string document_of(std::int64_t width, std::int64_t height) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(width) + "\" height=\"" +
           number(height) + "\" viewBox=\"0 0 " + number(width) + " " + number(height) +
           "\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" "
           "height=\"100%\" fill=\"#ffffff\"/>\n";
}

}  // namespace kemas::cartonize
