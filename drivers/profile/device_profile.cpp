#include "drivers/profile/device_profile.hpp"

#include "core/assert.hpp"

namespace kemas::profile {
namespace {

template <class T>
const T* named(const std::vector<T>& list, std::string_view name) {
    for (const T& entry : list)
        if (entry.name == name) return &entry;
    return nullptr;
}

}  // namespace

int ModbusProfile::word_count() const {
    int sum = 0;
    for (const ReadBlock& block : blocks) sum += block.words();
    return sum;
}

const ReadBlock& ModbusProfile::block_of(int word) const {
    int end = 0;
    for (const ReadBlock& block : blocks)
        if (word < (end += block.words())) return block;
    KEMAS_ASSERT(false);
    return blocks.back();
}

const StatusBit* ModbusProfile::status_bit(std::string_view name) const {
    return named(status, name);
}
const Value* ModbusProfile::value(std::string_view name) const {
    return named(values, name);
}
const Counter* ModbusProfile::counter(std::string_view name) const {
    return named(counters, name);
}
const Command* ModbusProfile::command(std::string_view name) const {
    return named(commands, name);
}

std::string_view name_of(CommandKind kind) {
    switch (kind) {
        case CommandKind::value:
            return "value";
        case CommandKind::value_then_zero:
            return "value_then_zero";
        case CommandKind::edge_bit:
            return "edge_bit";
        case CommandKind::coil_pulse:
            return "coil_pulse";
        case CommandKind::handshake_bit:
            return "handshake_bit";
        case CommandKind::mailbox:
            return "mailbox";
        case CommandKind::mailbox_echo:
            return "mailbox_echo";
        case CommandKind::counted_ack:
            return "counted_ack";
    }
    return "unknown";
}

}  // namespace kemas::profile
