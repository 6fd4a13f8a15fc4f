// How far the journal had come, kept beside it: SQLite does not notice a lost tail of its WAL, so
// a mark ahead of the journal at start means that confirmed scans are gone.
#pragma once

#include <optional>
#include <string>

#include "core/ids.hpp"

namespace kemas::ledger {

struct Mark {
    std::int64_t epoch = 0;
    Seq seq = 0;
    std::string hash;  // of that row, 32 bytes
};

// Two slots written in turn, each with its own check sum, so a torn write costs one slot only.
class HighWater {
 public:
    HighWater() = default;  // keeps nothing
    explicit HighWater(const std::string& path);
    HighWater(HighWater&& other) noexcept;
    HighWater& operator=(HighWater&& other) noexcept;
    ~HighWater();

    std::optional<Mark> newest() const;
    void write(const Mark& mark);  // after a commit; not synced, so never ahead of the WAL on disk
    void sync();                   // at checkpoints

 private:
    int fd_ = -1;
    int slot_ = 0;
};

}  // namespace kemas::ledger
