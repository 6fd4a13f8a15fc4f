// What one model of device says and takes over Modbus: registers, meaning, commands, limits. The
// parts every Modbus device has, and the general device (conveyor, I/O) made of them. Pure data;
// knows no socket, no file and no site.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/quantities.hpp"
#include "drivers/profile/command.hpp"
#include "drivers/profile/registers.hpp"

namespace kemas::profile {

enum class Kind { scale, conveyor, io, scanner, printer };
// document: taken from a manual; simulator: read over a wire from a program; hardware: from a
// device.
enum class Verification { document, simulator, hardware };

// Whose model this is, and why to believe the file.
struct Head {
    std::string file, vendor, model, document, revision;
    Kind kind = Kind::scale;
    Verification verified = Verification::document;
};

struct Limits {
    int response_timeout_ms = 200;
    int min_gap_ms = 0;              // pause between two requests
    int pause_after_connect_ms = 0;  // some devices swallow what comes at once
    int max_registers = 125;         // of one request
    int max_bits = 2000;
    int bit_alignment = 1;  // 8: start and count of bit reads are multiples of 8
    int max_hole = 0;       // registers nobody asked for that a merged read may span
    int busy_retries = 0;   // after exception 6
    int busy_wait_ms = 0;
    // What an exception code means for this device, where its manual says so.
    std::vector<std::pair<int, std::string>> exceptions;
};

// Read once after connecting. Another answer than expected: another device, nothing is believed.
struct Identity {
    ReadBlock block;
    std::vector<std::uint16_t> words;  // expected; empty when text is
    std::string text;  // expected to begin so; two characters a register, high first
};

// A register or bit that must keep changing while the device lives.
struct Liveness {
    Field field;  // of two words at most
    Milliseconds max_age;
    int first_bit = 0;
    int bits = 0;  // 0 = the whole field
    Bits at() const { return {field, first_bit, bits ? bits : field.words * 16 - first_bit}; }
};

struct StatusBit {
    // For a scale: "stable" is wanted; information (see README); every other name is a reason not
    // to trust the weight. For other devices: any name.
    enum class Meaning { good, fault, information };
    std::string name;
    Condition at;
    Meaning meaning = Meaning::fault;
    bool latched = false;    // stays set until it is cleared
    std::string cleared_by;  // name of the command that clears it
};

// A number, a code with a meaning, or a text of one register or some bits.
struct Value {
    std::string name, unit;
    Bits at;
    NumberKind number = NumberKind::u16;  // s16, s32: the topmost of `bits` is the sign
    Source<Decimal> scale;                // one count is so much; unknown = 1
    std::vector<std::pair<std::uint32_t, std::string>> meanings;
    bool one_hot = false;                // meanings are of bit numbers, one of which is set
    std::vector<std::uint32_t> invalid;  // codes that mean "no value"
};

// Counts up and rolls over. What happened between two readings is their difference modulo 2^bits;
// a difference above `max_step` is no count: the device has restarted, or too much was missed.
struct Counter {
    std::string name;
    Bits at;
    // How the device says that it has restarted and counts from zero; empty = it does not.
    std::string reset_status;  // name of a status
    bool kept_over_reboot = false;
    std::uint32_t max_step = 0;
};

// The device stops, or drops its outputs, when it is not fed.
struct Watchdog {
    enum class Pattern { toggle, count, constant };
    std::string what;
    std::vector<Write> arm;  // after every connect, before the first feed
    Target feed;
    Pattern pattern = Pattern::count;
    std::uint16_t value = 1;  // toggle: between 0 and this; constant: this
    int period_ms = 500;      // feed at least so often
    std::optional<Condition> expired;
};

// What only the installer can know where the profile is silent; overrides nothing the device tells.
struct SiteFacts {
    std::optional<int> decimals;
    std::optional<Unit> unit;
    std::optional<Decimal> division;  // in the scale's unit
};

// Everything about a Modbus device that is not particular to its kind.
struct ModbusProfile : Head {
    Limits limits;
    std::vector<ReadBlock> blocks;
    std::optional<Identity> identity;
    std::vector<StatusBit> status;
    std::optional<Liveness> liveness;
    std::vector<Value> values;
    std::vector<Counter> counters;
    std::vector<Write> init;  // after every connect, in this order
    std::optional<Watchdog> watchdog;
    std::vector<Command> commands;

    int word_count() const;
    // The block that holds a word of the answer.
    const ReadBlock& block_of(int word) const;
    // By name; null when the profile has none.
    const StatusBit* status_bit(std::string_view name) const;
    const Value* value(std::string_view name) const;
    const Counter* counter(std::string_view name) const;
    const Command* command(std::string_view name) const;
};

// A sample's expectation of one named thing: a number ("12.5"), a meaning ("blocked"), "yes"/"no".
struct Expected {
    std::string name, text;
    int line = 0;
};

struct DeviceSample {
    std::string what;
    int line = 0;
    std::vector<std::uint16_t> words;
    std::vector<Expected> means;
};

// A conveyor or an I/O box.
struct DeviceProfile : ModbusProfile {
    std::vector<DeviceSample> samples;
};

}  // namespace kemas::profile
