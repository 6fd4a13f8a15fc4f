#include "figures.hpp"

#include <algorithm>
#include <cstdio>

namespace kemas::bench {
namespace {

std::string number(const Figure& figure, const char* otherwise) {
    if (!figure.value) return otherwise;
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", figure.decimals, *figure.value);
    return text;
}

}  // namespace

double percentile(std::vector<double> values, double part) {
    if (values.empty()) return 0;
    const auto at = static_cast<std::size_t>(part * static_cast<double>(values.size() - 1) + 0.5);
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at),
                     values.end());
    return values[at];
}

std::optional<double> median(const std::vector<double>& values) {
    if (values.size() < enough_rounds) return std::nullopt;
    return percentile(values, 0.5);
}

std::string as_text(const Figures& figures) {
    std::string text;
    for (const auto& figure : figures) {
        char line[128];
        std::snprintf(line, sizeof line, "  %-20s %s\n", figure.key.c_str(),
                      number(figure, "no result").c_str());
        text += line;
    }
    return text;
}

std::string as_json(const Figures& figures) {
    std::string text = "{";
    for (const auto& figure : figures)
        text += (text.size() > 1 ? ", \"" : "\"") + figure.key + "\": " + number(figure, "null");
    return text + "}";
}

}  // namespace kemas::bench
