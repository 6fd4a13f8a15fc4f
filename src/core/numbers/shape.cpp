#include "core/numbers/shape.hpp"

#include <charconv>

namespace kemas::numbers {
namespace {

constexpr std::size_t kLongest = 100;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return c >= 'A' && c <= 'Z';
}

Element element_of(char c, bool counts) {
    switch (c) {
        case '#':
            return {Element::Kind::digit, "", counts};
        case '@':
            return {Element::Kind::letter, "", counts};
        case '*':
            return {Element::Kind::either, "", counts};
        case '+':
            return {Element::Kind::check, "", false};
        default:
            return {Element::Kind::one_of, std::string(1, c), counts};
    }
}

bool takes(const Element& element, char c) {
    switch (element.kind) {
        case Element::Kind::digit:
            return is_digit(c);
        case Element::Kind::letter:
            return is_letter(c);
        case Element::Kind::either:
        case Element::Kind::check:
            return is_digit(c) || is_letter(c);
        case Element::Kind::one_of:
            break;
    }
    return element.of.find(c) != std::string::npos;
}

}  // namespace

std::optional<std::vector<Element>> read_shape(std::string_view shape) {
    std::vector<Element> elements;
    bool counts = true;
    for (std::size_t at = 0; at < shape.size(); ++at) {
        const char c = shape[at];
        if (c == '[' || c == ']') {
            if (counts != (c == '[')) return std::nullopt;
            counts = c == ']';
        } else if (c == '{') {
            const auto end = shape.find('}', at);
            if (end == std::string_view::npos || end == at + 1) return std::nullopt;
            elements.push_back(
                {Element::Kind::one_of, std::string(shape.substr(at + 1, end - at - 1)), counts});
            at = end;
        } else if (c == '(') {
            const auto end = shape.find(')', at);
            if (end == std::string_view::npos || elements.empty()) return std::nullopt;
            std::size_t times = 0;
            const auto* last = shape.data() + end;
            const auto read = std::from_chars(shape.data() + at + 1, last, times);
            if (read.ptr != last || times < 1 || times > kLongest) return std::nullopt;
            const auto element = elements.back();
            elements.insert(elements.end(), times - 1, element);
            at = end;
        } else if (c == ')' || c == '}') {
            return std::nullopt;
        } else {
            elements.push_back(element_of(c, counts));
        }
        if (elements.size() > kLongest) return std::nullopt;
    }
    if (!counts || elements.empty()) return std::nullopt;
    return elements;
}

std::optional<Fit> fit(const std::vector<Element>& shape, std::string_view number) {
    if (shape.size() != number.size()) return std::nullopt;
    Fit found;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (!takes(shape[i], number[i])) return std::nullopt;
        if (shape[i].kind == Element::Kind::check) found.check = number[i];
        if (shape[i].counts) found.body += number[i];
    }
    return found;
}

}  // namespace kemas::numbers
