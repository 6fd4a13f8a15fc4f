// Where a value lies in what a Modbus device answers, and how its bits are to be taken. Pure data;
// knows no socket and no file.
//
// The "words" of a profile are the answers to all its read blocks, one after the other, in the
// order of the blocks: registers as they came; coils and inputs (function codes 1, 2) packed
// sixteen to a word, the lowest address in bit 0, each block beginning a new word.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "drivers/profile/decimal.hpp"

namespace kemas::profile {

enum class WordOrder { high_first, low_first };
enum class ByteOrder { high_first, low_first };  // low_first: bytes swapped in each register
enum class NumberKind { u16, s16, u32, s32, float32 };

// One request. `start` is the address on the wire (0-based), whatever the manual counts from.
struct ReadBlock {
    int function_code = 3;  // 1 coils, 2 discrete inputs, 3 holding registers, 4 input registers
    int start = 0;
    int count = 0;           // registers, or bits
    bool mergeable = false;  // may be joined with neighbours of its kind; else asked exactly so
    // Read once more after all other blocks; when the two answers differ, the whole round is thrown
    // away. For devices that tell a value and its status in two answers.
    bool bracket = false;

    bool is_bits() const { return function_code <= 2; }
    int words() const { return is_bits() ? (count + 15) / 16 : count; }
    int end() const { return start + count; }
};

// One or two registers (of a block of bits: one packed word).
struct Field {
    int register_number = 0;  // as the manual writes it; of bits: the coil's or input's number
    int word = 0;             // index into the words of all blocks
    int words = 1;            // 1 or 2
    WordOrder word_order = WordOrder::high_first;
    ByteOrder byte_order = ByteOrder::high_first;
};

// A run of bits in a field; 0 is the least significant.
struct Bits {
    Field field;
    int first_bit = 0;
    int bits = 16;
};

// What some bits must hold for something to be so: one bit with its polarity, or a code.
struct Condition {
    Bits at;
    std::uint32_t equals = 1;
    bool negated = false;  // anything but `equals`
    std::string status;    // the status it was named by ("moving"), empty = spelled out
};

// A value that the device tells: the bits themselves, or what a table makes of them, or the value
// that belongs to the one bit that is set.
template <class T>
struct Told {
    enum class Kind { number, table, one_hot };
    Bits at;
    Kind kind = Kind::number;
    std::vector<std::pair<std::uint32_t, T>> table;  // one_hot: bit number -> value
};

// Fixed by the model, told by the device, or (both empty) a matter of the installation.
template <class T>
struct Source {
    std::optional<T> constant;
    std::optional<Told<T>> told;
    bool known() const { return constant || told; }
};

}  // namespace kemas::profile
