// Registers and coils behind a ModbusPeer, with a program that runs at every write as a device's
// firmware does.
#pragma once

#include <functional>
#include <map>
#include <set>

#include "tests/drivers/peers/modbus_peer.hpp"

namespace kemas::test {

class ModbusMap {
 public:
    using OnWrite = std::function<void(ModbusMap&, int address, int value)>;

    int get(int address) const {
        const std::lock_guard lock(mutex_);
        return peek(address);
    }
    void set(int address, int value) {
        const std::lock_guard lock(mutex_);
        registers_[address] = value;
    }
    void set_coil(int address, bool on) {
        const std::lock_guard lock(mutex_);
        coils_[address] = on;
    }
    void on_write(OnWrite run) { run_ = std::move(run); }
    // An address whose reading or writing is answered with this exception.
    void refuse(int address, int exception) {
        const std::lock_guard lock(mutex_);
        refused_[address] = exception;
    }
    void count_reads(int address) { counted_ = address; }  // it counts up with every read
    std::vector<std::pair<int, int>> writes() const {
        const std::lock_guard lock(mutex_);
        return writes_;
    }
    std::vector<std::pair<int, int>> reads() const {  // start, count
        const std::lock_guard lock(mutex_);
        return reads_;
    }

    ModbusPeer::Behaviour answer() {
        return [this](ModbusPeer::Socket& socket, const Request& request) {
            return ModbusPeer::send(socket, reply(request));
        };
    }
    Bytes reply(const Request& r) {
        const int function = r[7], start = r[8] << 8 | r[9], value = r[10] << 8 | r[11];
        const int count = function == 5 || function == 6 ? 1 : value;
        {
            const std::lock_guard lock(mutex_);
            for (int i = start; i < start + count; ++i)
                if (refused_.contains(i))
                    return {r[0],
                            r[1],
                            0,
                            0,
                            0,
                            3,
                            r[6],
                            static_cast<std::uint8_t>(function | 0x80),
                            static_cast<std::uint8_t>(refused_[i])};
        }
        if (function <= 4) return read(r, function, start, count);
        for (int i = 0; i < count; ++i) {
            const std::size_t at = 13 + 2 * static_cast<std::size_t>(i);
            const int word = function == 16 ? r[at] << 8 | r[at + 1] : value;
            {
                const std::lock_guard lock(mutex_);
                if (function == 5)
                    coils_[start] = word != 0;
                else
                    registers_[start + i] = word;
                writes_.emplace_back(start + i, function == 5 ? word != 0 : word);
            }
            if (run_) run_(*this, start + i, function == 5 ? word != 0 : word);
        }
        return ModbusPeer::good(r);
    }

 private:
    int peek(int address) const {
        const auto found = registers_.find(address);
        return found == registers_.end() ? 0 : found->second;
    }
    Bytes read(const Request& r, int function, int start, int count) {
        const std::lock_guard lock(mutex_);
        reads_.emplace_back(start, count);
        Bytes body;
        if (function <= 2) {
            body.resize(static_cast<std::size_t>(count + 7) / 8);
            for (int i = 0; i < count; ++i)
                if (coils_[start + i])
                    body[static_cast<std::size_t>(i / 8)] |=
                        static_cast<std::uint8_t>(1u << (i % 8));
        } else {
            for (int i = start; i < start + count; ++i) {
                if (i == counted_) registers_[i] = (peek(i) + 1) & 0xFFFF;
                body.push_back(static_cast<std::uint8_t>(peek(i) >> 8));
                body.push_back(static_cast<std::uint8_t>(peek(i) & 0xFF));
            }
        }
        return ModbusPeer::frame(r, body);
    }

    mutable std::mutex mutex_;
    std::map<int, int> registers_, refused_;
    std::map<int, bool> coils_;
    std::vector<std::pair<int, int>> writes_, reads_;
    std::atomic<int> counted_ = -1;
    OnWrite run_;
};

}  // namespace kemas::test
