#include "tools/kemasctl/fields.hpp"

#include <fmt/core.h>

#include <boost/json/serialize.hpp>

namespace kemas::ctl {
namespace {

std::string one_line(std::string_view given) {
    std::string out(given);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto byte = static_cast<unsigned char>(out[i]);
        const auto next = static_cast<unsigned char>(i + 1 < out.size() ? out[i + 1] : 0);
        if (byte < 0x20 || byte == 0x7F) {
            out[i] = ' ';
        } else if (byte == 0xC2 && next >= 0x80 && next < 0xA0) {  // C1: some terminals obey them
            out.replace(i, 2, 1, ' ');
        }
    }
    return out;
}

}  // namespace

std::string text(const boost::json::value& value) {
    switch (value.kind()) {
        case boost::json::kind::null:
            return "";
        case boost::json::kind::string:
            return one_line(std::string_view(value.get_string()));
        case boost::json::kind::double_:
            return fmt::format("{}", value.get_double());
        case boost::json::kind::bool_:
            return value.get_bool() ? "yes" : "no";
        case boost::json::kind::array: {
            std::string out;
            for (const auto& item : value.get_array())
                out += (out.empty() ? "" : ", ") + text(item);
            return out;
        }
        default:
            return boost::json::serialize(value);
    }
}

std::string text(const object& from, std::string_view name) {
    const auto* value = from.if_contains(name);
    return value ? text(*value) : "";
}

std::string cell(const object& from, std::string_view name) {
    auto words = text(from, name);
    return words.empty() ? "-" : words;
}

std::string joined(std::string first, std::string_view between, std::string_view second) {
    if (!first.empty() && !second.empty()) first += between;
    return first += second;
}

std::int64_t count(const object& from, std::string_view name) {
    const auto* value = from.if_contains(name);
    if (!value) return 0;
    boost::system::error_code not_a_number;
    const auto n = value->to_number<std::int64_t>(not_a_number);
    return not_a_number ? 0 : n;
}

bool yes(const object& from, std::string_view name) {
    const auto* value = from.if_contains(name);
    return value && value->is_bool() && value->get_bool();
}

const object& part(const object& from, std::string_view name) {
    static const boost::json::value nothing;
    const auto* value = from.if_contains(name);
    return as_object(value ? *value : nothing);
}

const array& list(const object& from, std::string_view name) {
    static const array none;
    const auto* value = from.if_contains(name);
    return value && value->is_array() ? value->get_array() : none;
}

const object& as_object(const boost::json::value& value) {
    static const object none;
    return value.is_object() ? value.get_object() : none;
}

std::string span(std::int64_t seconds) {
    constexpr std::int64_t kMinute = 60, kHour = 60 * kMinute, kDay = 24 * kHour;
    if (seconds < 0) return "never";
    if (seconds < kMinute) return fmt::format("{} s", seconds);
    if (seconds < kHour) return fmt::format("{} min", seconds / kMinute);
    if (seconds < kDay)
        return fmt::format("{} h {} min", seconds / kHour, seconds % kHour / kMinute);
    return fmt::format("{} d {} h", seconds / kDay, seconds % kDay / kHour);
}

std::string money_text(std::int64_t amount, std::int64_t exponent) {
    const bool negative = amount < 0;
    auto digits = std::to_string(negative ? -amount : amount);
    if (exponent > 0) {
        const auto behind = static_cast<std::size_t>(exponent);
        if (digits.size() <= behind) digits.insert(0, behind + 1 - digits.size(), '0');
        digits.insert(digits.size() - behind, ".");
    }
    return negative ? "-" + digits : digits;
}

}  // namespace kemas::ctl
