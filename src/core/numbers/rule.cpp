#include "core/numbers/rule.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "core/numbers/shape.hpp"

namespace kemas::numbers {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

int alphanumeric(char c) {
    return is_digit(c) ? c - '0' : c - 'A' + 10;
}

char digit(int value) {
    return static_cast<char>(value < 10 ? '0' + value : 'A' + value - 10);
}

int mod10(const Rule& rule, std::string body) {
    if (rule.reverse) std::reverse(body.begin(), body.end());
    int sum = 0;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const int value = is_digit(body[i]) ? body[i] - '0' : (body[i] - 3) % 10;
        sum += value * (i % 2 ? rule.odds : rule.evens);
    }
    return (10 - sum % 10) % 10;
}

int luhn(const std::string& body) {
    int sum = 0;
    bool twice = true;
    for (auto c = body.rbegin(); c != body.rend(); ++c, twice = !twice) {
        const int value = (*c - '0') * (twice ? 2 : 1);
        sum += value / 10 + value % 10;
    }
    return (10 - sum % 10) % 10;
}

int mod7(const std::string& body) {
    int rest = 0;
    for (const char c : body) rest = (rest * 10 + c - '0') % 7;
    return rest;
}

int s10(const std::string& body) {
    constexpr std::array weights{8, 6, 4, 2, 3, 5, 9, 7};
    int sum = 0;
    for (std::size_t i = 0; i < body.size() && i < weights.size(); ++i)
        sum += (body[i] - '0') * weights[i];
    const int rest = sum % 11;
    return rest == 1 ? 0 : rest == 0 ? 5 : 11 - rest;
}

int mod37_36(const std::string& body) {
    int rest = 36;
    for (const char c : body) {
        rest += alphanumeric(c);
        if (rest > 36) rest -= 36;
        rest *= 2;
        if (rest >= 37) rest -= 37;
    }
    const int value = 37 - rest;
    return value == 36 ? 0 : value;
}

int sum_product(const Rule& rule, const std::string& body) {
    int sum = 0;
    for (std::size_t i = 0; i < body.size() && i < rule.weights.size(); ++i)
        sum += (body[i] - '0') * rule.weights[i];
    return sum % rule.modulo1 % rule.modulo2;
}

bool takes_letters(Method method) {
    return method == Method::mod10 || method == Method::mod37_36;
}

// The check digit of a body; nothing when its places are of the wrong kind.
std::optional<char> expected(const Rule& rule, std::string body) {
    if (!rule.prepend.empty() && !body.starts_with(rule.prepend)) body.insert(0, rule.prepend);
    if (!takes_letters(rule.method) && !std::all_of(body.begin(), body.end(), is_digit))
        return std::nullopt;
    switch (rule.method) {
        case Method::mod10:
            return digit(mod10(rule, std::move(body)));
        case Method::luhn:
            return digit(luhn(body));
        case Method::mod7:
            return digit(mod7(body));
        case Method::s10:
            return digit(s10(body));
        case Method::mod37_36:
            return digit(mod37_36(body));
        case Method::sum_product:
            return digit(sum_product(rule, body));
        case Method::none:
            break;
    }
    return std::nullopt;
}

std::string shapes_text(const Rule& rule) {
    std::string text;
    for (const auto& shape : rule.shapes) text += (text.empty() ? "" : " or ") + shape;
    return text;
}

}  // namespace

std::string mistake_of(const Rule& rule) {
    for (const auto& text : rule.shapes) {
        const auto shape = read_shape(text);
        if (!shape) return "the shape \"" + text + "\" cannot be read";
        const auto checks = std::count_if(shape->begin(), shape->end(), [](const Element& each) {
            return each.kind == Element::Kind::check;
        });
        if (checks != (rule.method == Method::none ? 0 : 1))
            return "the shape \"" + text + "\" has " + std::to_string(checks) +
                   (rule.method == Method::none ? " check digits, the rule none"
                                                : " check digits, one was expected");
    }
    if (rule.method != Method::none && rule.shapes.empty())
        return "a check digit needs a shape that says where it stands";
    if (rule.method == Method::sum_product &&
        (rule.weights.empty() || rule.modulo1 < 2 || rule.modulo2 < 2 || rule.modulo2 > 36))
        return "weights and two moduli are needed";
    return "";
}

std::string refusal_of(const Rule& rule, std::string_view number) {
    if (rule.shapes.empty()) return "";
    std::string wrong;
    for (const auto& text : rule.shapes) {
        const auto shape = read_shape(text);
        const auto found = shape ? fit(*shape, number) : std::nullopt;
        if (!found) continue;
        if (rule.method == Method::none) return "";
        const auto want = expected(rule, found->body);
        if (want == found->check) return "";
        if (want && wrong.empty())
            wrong = std::string(number) + ": its check digit is " + found->check + ", " + *want +
                    " was expected (" + rule.name + ")";
    }
    if (!wrong.empty()) return wrong;
    return std::string(number) + " does not look like " + shapes_text(rule) + " (" + rule.name +
           ")";
}

}  // namespace kemas::numbers
