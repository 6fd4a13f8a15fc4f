// One serial line by libmodbus, as blocking calls of the one thread that owns it. Works around what
// libmodbus 3.1.6 does wrong (reference: its answers are not matched to requests, a slow one
// stretches the timeout, descriptors of 1024 and more abort). Knows no queue and no loop.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <string>

#include "drivers/bus/modbus_codec.hpp"
#include "drivers/bus/modbus_master.hpp"
#include "drivers/bus/modbus_rtu.hpp"

struct _modbus;

namespace kemas::bus {

class RtuLine {
 public:
    explicit RtuLine(ModbusRtuOptions options);
    ~RtuLine();
    RtuLine(const RtuLine&) = delete;
    RtuLine& operator=(const RtuLine&) = delete;

    // Ends within 1.2 x timeout_ms. After a fault other than an exception call settle() before the
    // next exchange.
    Result<Answer> exchange(const Query& query, Deadline not_after);
    // Listens until the line has been quiet long enough that what comes next is no late answer.
    void settle();
    void close();
    // The last request was not answered: its answer may still come, later than settle() waits.
    bool answer_may_follow() const { return answer_may_follow_; }

    // From any thread: ends what is under way and all that follows.
    void wake();
    bool is_open() const { return open_; }

 private:
    using Clock = std::chrono::steady_clock;
    enum class Heard { bytes, silence, woken, gone };
    Result<void> open();
    Heard listen(Clock::time_point until);
    Result<Answer> receive(const Query& query, Clock::time_point until);
    void keep_gap();
    tl::unexpected<Fault> lost(const std::string& what) const;

    ModbusRtuOptions options_;
    _modbus* context_ = nullptr;
    int low_descriptor_ = -1;  // below FD_SETSIZE, held from the start; the line is moved there
    int wake_descriptor_ = -1;
    Clock::time_point last_end_;
    std::array<std::uint8_t, 512> buffer_{};  // libmodbus may write past 256 of a hostile answer
    bool answer_may_follow_ = false;
    std::atomic<bool> open_ = false, woken_ = false;
};

}  // namespace kemas::bus
