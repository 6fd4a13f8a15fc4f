#include "drivers/profile/decode.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace kemas::profile {
namespace {

std::uint32_t swapped(std::uint16_t word) {
    return static_cast<std::uint32_t>(word << 8 & 0xFF00) | word >> 8;
}

int as_number(std::uint32_t code, const int*) {
    return code <= 9 ? static_cast<int>(code) : -1;
}
Decimal as_number(std::uint32_t code, const Decimal*) {
    return Decimal{code, 0};
}
Unit as_number(std::uint32_t, const Unit*) {
    return Unit::mg;
}  // refused by the loader
std::string as_number(std::uint32_t code, const std::string*) {
    return std::to_string(code);
}

template <class T>
std::optional<T> look_up(const Told<T>& source, Words words) {
    const std::uint32_t code = code_of(source.at, words);
    if (source.kind == Told<T>::Kind::number)
        return as_number(code, static_cast<const T*>(nullptr));
    const T* found = nullptr;
    for (const auto& [key, value] : source.table) {
        const bool hit = source.kind == Told<T>::Kind::table
                             ? key == code
                             : (raw(source.at.field, words) >> key & 1u) != 0;
        if (hit && found) return std::nullopt;
        if (hit) found = &value;
    }
    if (!found) return std::nullopt;
    return *found;
}

std::int64_t with_sign(std::uint32_t code, int bits, NumberKind number) {
    if (number != NumberKind::s16 && number != NumberKind::s32) return code;
    const std::int64_t top = std::int64_t{1} << (bits - 1);
    return (code & static_cast<std::uint64_t>(top)) ? static_cast<std::int64_t>(code) - 2 * top
                                                    : static_cast<std::int64_t>(code);
}

std::optional<Decimal> times(Decimal a, Decimal b) {
    std::int64_t digits = 0;
    if (__builtin_mul_overflow(a.digits, b.digits, &digits)) return std::nullopt;
    return Decimal{digits, a.decimals + b.decimals};
}

Reading nothing(Reading reading, std::string why) {
    reading.text = std::move(why);
    return reading;
}

std::optional<Decimal> as_decimal(const Value& value, std::uint32_t code) {
    if (value.number != NumberKind::float32)
        return Decimal{with_sign(code, value.at.bits, value.number), 0};
    const float number = std::bit_cast<float>(code);
    if (!std::isfinite(number) || std::fabs(number) > 1e9f) return std::nullopt;
    return Decimal{std::llround(static_cast<double>(number) * 1e3), 3};
}

std::string meaning(const Value& value, Words words, std::uint32_t code) {
    std::string result;
    for (const auto& [key, name] : value.meanings) {
        const bool hit =
            value.one_hot ? (raw(value.at.field, words) >> key & 1u) != 0 : key == code;
        if (hit && !result.empty()) return {};
        if (hit) result = name;
    }
    return result;
}

}  // namespace

std::uint32_t raw(const Field& field, Words words) {
    const auto word = [&](int i) -> std::uint32_t {
        const std::uint16_t one = words[static_cast<std::size_t>(field.word + i)];
        return field.byte_order == ByteOrder::high_first ? one : swapped(one);
    };
    if (field.words == 1) return word(0);
    return field.word_order == WordOrder::high_first ? word(0) << 16 | word(1)
                                                     : word(1) << 16 | word(0);
}

std::uint32_t code_of(const Bits& at, Words words) {
    const std::uint32_t value = raw(at.field, words) >> at.first_bit;
    return at.bits >= 32 ? value : value & ((1u << at.bits) - 1);
}

bool holds(const Condition& condition, Words words) {
    return (code_of(condition.at, words) == condition.equals) != condition.negated;
}

std::optional<std::uint32_t> steps(const Counter& counter, std::uint32_t before,
                                   std::uint32_t after) {
    const std::uint32_t mask = counter.at.bits >= 32 ? std::numeric_limits<std::uint32_t>::max()
                                                     : (1u << counter.at.bits) - 1;
    const std::uint32_t difference = (after - before) & mask;
    if (difference > counter.max_step) return std::nullopt;
    return difference;
}

std::optional<int> told(const Told<int>& source, Words words) {
    return look_up(source, words);
}
std::optional<Unit> told(const Told<Unit>& source, Words words) {
    return look_up(source, words);
}
std::optional<Decimal> told(const Told<Decimal>& source, Words words) {
    return look_up(source, words);
}
std::optional<std::string> told(const Told<std::string>& source, Words words) {
    return look_up(source, words);
}

Reading read_value(const Value& value, Words words) {
    Reading reading;
    reading.raw = code_of(value.at, words);
    if (std::find(value.invalid.begin(), value.invalid.end(), reading.raw) != value.invalid.end())
        return nothing(std::move(reading), "no value");
    if (!value.meanings.empty()) {
        reading.text = meaning(value, words, reading.raw);
        reading.valid = !reading.text.empty();
        if (!reading.valid) reading.text = "unknown code " + std::to_string(reading.raw);
        return reading;
    }
    auto number = as_decimal(value, reading.raw);
    if (!number) return nothing(std::move(reading), "no number");
    std::optional<Decimal> scale = value.scale.constant;
    if (value.scale.told) {
        scale = told(*value.scale.told, words);
        if (!scale) return nothing(std::move(reading), "scale unknown");
    }
    if (scale) number = times(*number, *scale);
    if (!number) return nothing(std::move(reading), "too large");
    reading.number = number;
    reading.text = to_text(*number);
    reading.valid = true;
    return reading;
}

}  // namespace kemas::profile
