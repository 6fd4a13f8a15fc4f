// What words of a Modbus device mean, by its profile. Pure: knows no socket and no clock; whether
// the words are fresh is for the caller to say.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "drivers/profile/device_profile.hpp"

namespace kemas::profile {

using Words = std::span<const std::uint16_t>;  // all read blocks, see registers.hpp

std::uint32_t raw(const Field& field, Words words);
std::uint32_t code_of(const Bits& at, Words words);
bool holds(const Condition& condition, Words words);

// The difference modulo the counter's width. Empty when it is above max_step.
std::optional<std::uint32_t> steps(const Counter& counter, std::uint32_t before,
                                   std::uint32_t after);

// What a table or the bits themselves tell; empty when the table has no such code or two bits of a
// one-hot field are set.
std::optional<int> told(const Told<int>& source, Words words);
std::optional<Unit> told(const Told<Unit>& source, Words words);
std::optional<Decimal> told(const Told<Decimal>& source, Words words);
std::optional<std::string> told(const Told<std::string>& source, Words words);

// One value, as a person reads it.
struct Reading {
    std::uint32_t raw = 0;
    bool valid = false;             // it has a meaning
    std::optional<Decimal> number;  // when it is a number
    std::string text;               // "12.5", "blocked"; why not, when it has no meaning
};
Reading read_value(const Value& value, Words words);

}  // namespace kemas::profile
