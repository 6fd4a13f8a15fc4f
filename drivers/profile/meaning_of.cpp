#include "drivers/profile/meaning_of.hpp"

namespace kemas::profile {

std::optional<Decimal> as_decimal(const toml::node& node) {
    if (const auto* number = node.as_integer()) return Decimal{number->get(), 0};
    if (const auto* text = node.as_string()) return parse_decimal(text->get());
    return std::nullopt;
}

std::optional<Decimal> as_division(const toml::node& node) {
    std::optional<Decimal> value = as_decimal(node);
    if (!value || value->digits <= 0) return std::nullopt;
    return value;
}

std::optional<Unit> as_unit(const toml::node& node) {
    const auto* text = node.as_string();
    return text ? parse_unit(text->get()) : std::nullopt;
}

std::optional<int> as_decimals(const toml::node& node) {
    const auto* number = node.as_integer();
    if (!number || number->get() < 0 || number->get() > 9) return std::nullopt;
    return static_cast<int>(number->get());
}

std::optional<std::string> as_word(const toml::node& node) {
    const auto* text = node.as_string();
    if (!text || text->get().empty()) return std::nullopt;
    return text->get();
}

}  // namespace kemas::profile
