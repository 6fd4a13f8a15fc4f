#include "core/barcode/gs1.hpp"

#include <algorithm>
#include <cstddef>

#include "core/assert.hpp"
#include "core/barcode/ai_table.hpp"
#include "core/barcode/ai_value.hpp"
#include "core/barcode/aim.hpp"
#include "core/barcode/check_digit.hpp"

namespace kemas::barcode {
namespace {

tl::unexpected<Fault> bad(std::string what) {
    return fail(Remedy::call_person,
                "GS1 code: " + what + "; scan it again or use another barcode.");
}

std::string in_brackets(std::string_view ai) {
    return "(" + std::string(ai) + ")";
}

// Adds one element after checking it; the text of the complaint, or empty.
std::string add(std::vector<Element>& elements, std::string_view ai, std::string_view value) {
    const auto* run = find_ai(ai);
    if (run == nullptr) return in_brackets(ai) + " is no application identifier";
    if (value.empty()) return in_brackets(ai) + " has no value";
    const auto complaint = complaint_about(run->format, value);
    if (!complaint.empty()) {
        return in_brackets(ai) + " value \"" + std::string(value) + "\" " + complaint;
    }
    const auto twin = std::find_if(elements.begin(), elements.end(),
                                   [&](const Element& e) { return e.ai == ai; });
    if (twin != elements.end()) {
        if (twin->value == value) return {};
        return in_brackets(ai) + " comes twice, as \"" + twin->value + "\" and \"" +
               std::string(value) + "\"";
    }
    elements.push_back({std::string(ai), std::string(value)});
    return {};
}

std::size_t predefined_length(const AiRun& run) {
    std::size_t length = 0;  // all such formats are one component "N14c"
    for (const char c : run.format) {
        if (c >= '0' && c <= '9') length = length * 10 + static_cast<std::size_t>(c - '0');
    }
    return length;
}

Result<ElementString> parse_scanned(std::string_view text) {
    std::vector<Element> elements;
    while (!text.empty()) {
        const auto length = ai_length(text);
        const auto ai = text.substr(0, length == 0 ? 2 : length);
        const auto* run = length == 0 ? nullptr : find_ai(ai);
        if (run == nullptr) return bad("(" + std::string(ai) + ") is no application identifier");
        text.remove_prefix(ai.size());

        auto end = std::min(text.find(kGroupSeparator), text.size());
        if (run->predefined_length) end = std::min(end, predefined_length(*run));
        auto complaint = add(elements, ai, text.substr(0, end));
        if (!complaint.empty()) return bad(std::move(complaint));
        text.remove_prefix(end);
        if (text.starts_with(kGroupSeparator)) text.remove_prefix(1);
    }
    if (elements.empty()) return bad("it is empty");
    return ElementString(std::move(elements));
}

Result<ElementString> parse_bracketed(std::string_view text) {
    std::vector<Element> elements;
    while (!text.empty()) {
        const auto close = text.find(')');
        if (text.front() != '(' || close == std::string_view::npos) {
            return bad("an application identifier lacks its closing parenthesis");
        }
        const auto ai = text.substr(1, close - 1);
        text.remove_prefix(close + 1);
        std::string value;
        while (!text.empty() && text.front() != '(') {
            if (text.starts_with("\\(")) text.remove_prefix(1);
            value += text.front();
            text.remove_prefix(1);
        }
        auto complaint = add(elements, ai, value);
        if (!complaint.empty()) return bad(std::move(complaint));
    }
    return ElementString(std::move(elements));
}

std::optional<std::string> owned(std::optional<std::string_view> view) {
    if (!view) return std::nullopt;
    return std::string(*view);
}

}  // namespace

Result<ElementString> parse_gs1(std::string_view text) {
    text = split_aim(text).rest;
    if (text.starts_with('(')) return parse_bracketed(text);
    if (text.starts_with(kGroupSeparator)) text.remove_prefix(1);
    return parse_scanned(text);
}

std::optional<std::string_view> ElementString::find(std::string_view ai) const {
    for (const auto& element : elements_) {
        if (element.ai == ai) return element.value;
    }
    return std::nullopt;
}

std::optional<std::string> ElementString::gtin() const {
    const auto item = find("01");
    return owned(item ? item : find("02"));
}
std::optional<std::string> ElementString::lot() const {
    return owned(find("10"));
}
std::optional<std::string> ElementString::expiry() const {
    return owned(find("17"));
}
std::optional<std::string> ElementString::sscc() const {
    return owned(find("00"));
}
std::optional<std::string> ElementString::serial() const {
    return owned(find("21"));
}

std::optional<std::int64_t> ElementString::count() const {
    const auto variable = find("30");
    const auto text = variable ? variable : find("37");
    if (!text) return std::nullopt;
    std::int64_t n = 0;  // at most 8 digits, checked when parsed
    for (const char digit : *text) n = n * 10 + (digit - '0');
    return n;
}

std::string to_text(const ElementString& elements) {
    std::string text;
    for (const auto& [ai, value] : elements.elements()) {
        text += in_brackets(ai);
        for (const char c : value) text += c == '(' ? "\\(" : std::string(1, c);
    }
    return text;
}

std::string iso_date(std::string_view yymmdd, int this_year) {
    KEMAS_ASSERT(yymmdd.size() == 6 && all_digits(yymmdd));
    const auto number = [&](std::size_t at) {
        return (yymmdd[at] - '0') * 10 + (yymmdd[at + 1] - '0');
    };
    const int month = number(2);
    const int ahead = number(0) - this_year % 100;
    const int century = this_year / 100 + (ahead >= 51 ? -1 : ahead <= -50 ? 1 : 0);
    const int year = century * 100 + number(0);
    int day = number(4);
    if (day == 0) {
        const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        const bool is_short = month == 4 || month == 6 || month == 9 || month == 11;
        day = month == 2 ? (leap ? 29 : 28) : (is_short ? 30 : 31);
    }
    const auto two = [](int n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(year) + "-" + two(month) + "-" + two(day);
}

}  // namespace kemas::barcode
