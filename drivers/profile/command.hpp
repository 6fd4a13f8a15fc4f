// What may be written to a Modbus device, and how one knows that it was done. A normal reply to the
// write is never the proof: most devices answer a refused command just so. Pure data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/profile/registers.hpp"

namespace kemas::profile {

// Address on the wire; function code 5 (coil), 6 (one register) or 16 (registers).
struct Target {
    int function_code = 6;
    int address = 0;
    int register_number = 0;  // as the manual writes it
};

struct Write {
    std::string what;
    Target to;
    std::vector<std::uint16_t> values;  // of a coil: 0 or 1
    bool if_different = false;  // read first, write only another value (memory that wears out)
};

// In the order of what the executor does; a step that a kind has not got is left out.
enum class CommandKind {
    value,            // write `values`
    value_then_zero,  // write `values`, then `rest`: the same code twice needs it in between
    edge_bit,         // write `rest`, then `rest` with `bit` set, hold, then `rest`
    coil_pulse,       // coil on, hold, coil off
    handshake_bit,    // `rest` with `bit`; await `acknowledged`; `rest`; await its end; `success`
    mailbox,          // `values` (code, parameters); `trigger`; await `acknowledged`; `success`
    mailbox_echo,     // `values` in one request, sequence last; await `echo` = what was sent
    counted_ack,      // `values`, changed each time; await `count`: one more, or what was sent
};

// A place in `values` that the caller fills: the lane, the item, the preset tare.
struct Argument {
    std::string name;
    int word = 0;  // index into `values`
    NumberKind number = NumberKind::u16;
    WordOrder word_order = WordOrder::high_first;
};

struct Command {
    std::string name;  // "zero", "tare", "divert"; see firmware-profiles/README.md
    int line = 0;
    CommandKind kind = CommandKind::value;
    Target to;
    std::vector<std::uint16_t> values;
    std::vector<Argument> arguments;
    // The word of `values` that holds a number counted up with every command, 1 to 65535, then 1
    // again; a repeat of the same command carries the same number.
    std::optional<int> sequence;
    int bit = 0;
    std::uint16_t rest = 0;  // as long as `values`: this word first, then zeros
    bool returns_to_rest = false;  // write `rest` when done, proven or not
    int hold_ms = 0;
    std::optional<Target> trigger;
    std::uint16_t trigger_value = 1;

    std::vector<Condition> only_if;         // in the latest round of reading; else nothing is sent
    std::optional<Condition> acknowledged;  // handshake_bit: taken; mailbox: finished
    std::optional<Bits> echo;               // must become the sequence, else the first value
    std::optional<Bits> count;              // counted_ack
    bool count_is_value = false;            // it must become the value sent, not one more
    std::vector<Condition> success;         // all must hold within `prove_within_ms`
    std::optional<Told<std::string>> result;  // why not, in the device's words

    int send_within_ms = 500;    // later than this after the call, it must not be sent any more
    int prove_within_ms = 1000;  // after the write; no proof until then = nobody knows
    bool repeatable = false;     // doing it twice is the same as doing it once
    bool moves = false;  // can move something, or ends a stop: an operator or an intent only
};

std::string_view name_of(CommandKind kind);

}  // namespace kemas::profile
