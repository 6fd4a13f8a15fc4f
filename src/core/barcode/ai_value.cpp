#include "core/barcode/ai_value.hpp"

#include <algorithm>
#include <cstddef>

#include "core/barcode/check_digit.hpp"

namespace kemas::barcode {
namespace {

struct Component {
    bool optional = false;
    char type = 'N';
    std::size_t least = 1, most = 1;
    char check = 0;  // 'c', 'd', 'D' or none
};

// Takes the next component off the front of `format`.
Component take_component(std::string_view& format) {
    const auto end = std::min(format.find(' '), format.size());
    auto text = format.substr(0, end);
    format.remove_prefix(std::min(end + 1, format.size()));

    Component c;
    if (text.front() == '?') c.optional = true, text.remove_prefix(1);
    c.type = text.front();
    text.remove_prefix(1);
    const bool variable = text.starts_with("..");
    if (variable) text.remove_prefix(2);
    if (const char last = text.back(); last > '9') c.check = last, text.remove_suffix(1);
    c.most = 0;
    for (const char digit : text) c.most = c.most * 10 + static_cast<std::size_t>(digit - '0');
    c.least = variable ? 1 : c.most;
    return c;
}

bool fits(char type, char c) {
    const bool digit = c >= '0' && c <= '9';
    const bool upper = c >= 'A' && c <= 'Z';
    const bool lower = c >= 'a' && c <= 'z';
    switch (type) {
        case 'N':
            return digit;
        case 'Y':
            return digit || upper || c == '#' || c == '-' || c == '/';
        case 'Z':
            return digit || upper || lower || c == '-' || c == '_' || c == '=';
        default:  // X: ISO/IEC 646 without # $ @ [ \ ] ^ ` { | } ~ and the blank
            return digit || upper || lower || c == '!' || c == '"' || (c >= '%' && c <= '/') ||
                   (c >= ':' && c <= '?') || c == '_';
    }
}

std::string shown(char c) {
    if (c >= ' ' && c < '\x7f') return std::string("'") + c + "'";
    return "a control or non-ASCII character";
}

bool is_date(std::string_view yymmdd, bool day_may_be_0) {
    const auto number = [&](std::size_t at) {
        return (yymmdd[at] - '0') * 10 + (yymmdd[at + 1] - '0');
    };
    constexpr int kDays[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int year = number(0), month = number(2), day = number(4);
    if (month < 1 || month > 12 || (day == 0 && !day_may_be_0)) return false;
    // Every 4th two-digit year leaps in both centuries a date can mean until 2050 (2000 did).
    if (month == 2 && day == 29) return year % 4 == 0;
    return day <= kDays[month - 1];
}

}  // namespace

std::string complaint_about(std::string_view format, std::string_view value) {
    while (!format.empty()) {
        const auto component = take_component(format);
        if (component.optional && value.empty()) return {};
        const auto part = value.substr(0, component.most);
        if (part.size() < component.least) return value.empty() ? "is cut short" : "is too short";
        value.remove_prefix(part.size());
        for (const char c : part) {
            if (fits(component.type, c)) continue;
            return "holds " + shown(c) +
                   (component.type == 'N' ? " where a digit belongs"
                                          : ", which GS1 does not allow");
        }
        if (component.check == 'c' && !has_valid_check_digit(part)) {
            return "ends in check digit " + std::string(1, part.back()) + " where " +
                   check_digit(part.substr(0, part.size() - 1)) + " belongs";
        }
        if ((component.check == 'd' || component.check == 'D') &&
            !is_date(part, component.check == 'd')) {
            return "is no date YYMMDD";
        }
    }
    return value.empty() ? "" : "is too long";
}

}  // namespace kemas::barcode
