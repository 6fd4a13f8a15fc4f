#include "label/filters.hpp"

#include <glib.h>

#include <algorithm>
#include <array>

namespace kemas::label {
namespace {

bool all_digits(const std::string& text) {
    return !text.empty() && text.size() <= 18 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string without_leading_zeros(const std::string& digits) {
    const auto first = digits.find_first_not_of('0');
    return first == std::string::npos ? "0" : digits.substr(first);
}

// Indonesian usage: a dot between thousands, a comma before decimals.
std::string grouped(const std::string& digits) {
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i != 0 && (digits.size() - i) % 3 == 0) out += '.';
        out += digits[i];
    }
    return out;
}

// Rupiah is counted without sen everywhere in the house; the others by ISO 4217.
int exponent_of(const std::string& currency) {
    constexpr std::array<std::string_view, 4> whole{"IDR", "JPY", "KRW", "VND"};
    return std::find(whole.begin(), whole.end(), currency) != whole.end() ? 0 : 2;
}

tl::expected<std::string, std::string> money(std::string minor, const std::string& currency) {
    if (!all_digits(minor)) return tl::unexpected<std::string>("is not a whole amount");
    if (!is_currency(currency)) return tl::unexpected<std::string>("has no currency beside it");
    const auto decimals = static_cast<std::size_t>(exponent_of(currency));
    if (minor.size() <= decimals) minor.insert(0, decimals + 1 - minor.size(), '0');
    std::string out = (currency == "IDR" ? "Rp" : currency) + " ";
    out += grouped(without_leading_zeros(minor.substr(0, minor.size() - decimals)));
    if (decimals != 0) out += "," + minor.substr(minor.size() - decimals);
    return out;
}

std::string masked(const std::string& phone) {
    std::string digits;
    for (char c : phone)
        if (c >= '0' && c <= '9') digits += c;
    const std::string plus = phone.starts_with('+') ? "+" : "";
    if (digits.size() < 10) {
        const auto shown = std::min<std::size_t>(3, digits.size() / 2);
        return "xxxx-" + digits.substr(digits.size() - shown);
    }
    return plus + digits.substr(0, 4) + "-xxxx-" + digits.substr(digits.size() - 4);
}

tl::expected<std::string, std::string> kilograms(std::string grams) {
    if (!all_digits(grams)) return tl::unexpected<std::string>("is not a whole number of grams");
    grams = without_leading_zeros(grams);
    if (grams.size() < 4) grams.insert(0, 4 - grams.size(), '0');
    std::string out = grouped(grams.substr(0, grams.size() - 3));
    std::string decimals = grams.substr(grams.size() - 3);
    while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
    return out + (decimals.empty() ? "" : "," + decimals) + " kg";
}

std::string uppercase(const std::string& text) {
    char* upper = g_utf8_strup(text.data(), static_cast<gssize>(text.size()));
    std::string out = upper;
    g_free(upper);
    return out;
}

}  // namespace

bool is_currency(std::string_view text) {
    return text.size() == 3 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

tl::expected<Filter, std::string> filter_named(std::string_view name) {
    if (name == "money") return Filter::money;
    if (name == "phone_mask") return Filter::phone_mask;
    if (name == "upper") return Filter::upper;
    if (name == "kg") return Filter::kg;
    return tl::unexpected("unknown filter \"" + std::string(name) +
                          "\": use money, phone_mask, upper or kg");
}

tl::expected<std::string, std::string> apply(Filter filter, const std::string& value,
                                             const std::string& currency) {
    if (value.empty()) return value;
    switch (filter) {
        case Filter::money:
            return money(value, currency);
        case Filter::phone_mask:
            return masked(value);
        case Filter::upper:
            return uppercase(value);
        case Filter::kg:
            return kilograms(value);
    }
    return value;
}

}  // namespace kemas::label
