// What one model of scale says over Modbus: which registers, and what their bits mean. Pure data;
// knows no socket, no file and no site. Words are those of all read blocks, one after the other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/quantities.hpp"
#include "drivers/profile/decimal.hpp"

namespace kemas::profile {

enum class Verification { document, simulator, hardware };
enum class WordOrder { high_first, low_first };
enum class NumberKind { u16, s16, u32, s32, float32 };

// One request. `start` is the address on the wire (0-based), whatever the manual counts from.
struct ReadBlock {
    int function_code = 3;  // 3 holding registers, 4 input registers
    int start = 0;
    int count = 0;
};

// One or two registers.
struct Field {
    int register_number = 0;  // as the manual writes it
    int word = 0;             // index into the words of all blocks
    int words = 1;            // 1 or 2
    WordOrder word_order = WordOrder::high_first;
};

struct BitField {
    Field field;
    int bit = 0;              // 0 = least significant
    bool active_when = true;  // the polarity: the bit's value that means yes
};

struct StatusBit {
    std::string name;  // "stable"; every other name is a reason not to trust the weight
    BitField at;
};

// A value that the device tells: the bits themselves, or what a table makes of them, or the value
// that belongs to the one bit that is set.
template <class T>
struct Told {
    enum class Kind { number, table, one_hot };
    Field field;
    int first_bit = 0;
    int bits = 16;
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

// What only the installer can know where the profile is silent; overrides nothing the device tells.
struct SiteFacts {
    std::optional<int> decimals;
    std::optional<Unit> unit;
    std::optional<Decimal> division;  // in the scale's unit
};

struct Weight {
    Field field;
    NumberKind number = NumberKind::s32;
    std::optional<BitField> negative;  // sign and magnitude: the number itself is unsigned
    Source<int> decimals;
};

// A register that must keep changing while the device lives.
struct Liveness {
    Field field;
    Milliseconds max_age;
};

struct Limits {
    int response_timeout_ms = 200;
    int min_gap_ms = 0;  // pause between two requests
    int max_registers = 125;
};

// Register words and what they must be read as.
struct Sample {
    std::string what;
    int line = 0;
    std::vector<std::uint16_t> words;
    SiteFacts site;
    Milligrams gross;
    bool stable = false;
    std::string fault;  // name of the status, empty = none
    std::optional<Milligrams> division;
};

struct ScaleProfile {
    std::string file, vendor, model, document, revision;
    Verification verified = Verification::document;
    Limits limits;
    std::vector<ReadBlock> blocks;
    Weight weight;
    Source<Unit> unit;
    Source<Decimal> division;  // e, in `unit`
    std::vector<StatusBit> status;
    std::optional<Liveness> liveness;
    std::vector<Sample> samples;

    int word_count() const {
        int sum = 0;
        for (const ReadBlock& block : blocks) sum += block.count;
        return sum;
    }
};

}  // namespace kemas::profile
