// Reads the parts that every Modbus profile has, whichever kind of device it is: head, registers,
// status, values, counters, writes and commands.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "drivers/profile/register_reader.hpp"

namespace kemas::profile {

// source, vendor, model, verified: of every file, Modbus or not.
void read_head(TableReader& root, Head& head);
// The tables under [status]; nullopt = no such name for this kind of device.
using MeaningOfStatus =
    std::function<std::optional<StatusBit::Meaning>(TableReader&, std::string_view name)>;

class ModbusReader {
 public:
    ModbusReader(TableReader& root, ModbusProfile& profile)
        : registers(root, profile), root_(root), profile_(profile) {}

    void addresses_limits_and_blocks();
    void identity();
    void status(const MeaningOfStatus& meaning, std::string_view names);
    void liveness();
    void values();
    void counters();
    void writes();    // init, watchdog
    void commands();  // after status
    std::vector<std::uint16_t> sample_words(TableReader& sample);
    void references();  // names that must exist: after everything else

    RegisterReader registers;

 private:
    Write write(TableReader& reader);
    void watchdog();
    void command(const std::string& name, const toml::table& table);
    void proof(TableReader& reader, Command& command);
    void steps_of(TableReader& reader, Command& command);
    void arguments(TableReader& reader, Command& command);
    void named_tables(std::string_view key,
                      const std::function<void(const std::string&, TableReader&)>& take);

    TableReader& root_;
    ModbusProfile& profile_;
};

}  // namespace kemas::profile
