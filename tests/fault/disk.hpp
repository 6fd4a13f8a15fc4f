// A disk that remembers what a power cut would leave: what programs see now, what has really landed
// and what is still on its way. Knows nothing of SQLite.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kemas::testing {

// What becomes of writes that were never synced.
enum class Loss {
    all,   // none landed
    some,  // each landed or not, in any order
    torn   // some landed, some up to a sector only, with rubbish in the next one
};

struct PendingChange {
    bool truncate = false;
    std::int64_t offset = 0;  // truncate: the new size
    std::string bytes;
};

struct FileImage {
    std::string now, durable;
    std::vector<PendingChange> pending;  // in the order written
    bool entry_synced = false;           // its name went to disk with its first sync

    void write(std::int64_t offset, std::string_view bytes);
    void truncate(std::int64_t size);
    void sync();
    // Linux after a failed fsync: the pages count as clean, though they never landed.
    void drop_unsynced() { pending.clear(); }
};
using File = std::shared_ptr<FileImage>;

// The write that was under way when the power went: its first half landed.
struct InFlight {
    File file;
    std::int64_t offset = 0;
    std::string_view bytes;
};

class Disk {
 public:
    File find(const std::string& name) const;
    File create(const std::string& name);
    void unlink(const std::string& name) {
        names_.erase(name);
    }  // comes back until the directory is synced
    void sync_directory() { durable_names_ = names_; }

    // The disk as the next start finds it. The same seed gives the same disk.
    Disk after_power_cut(Loss loss, std::uint64_t seed, const InFlight& in_flight = {}) const;

 private:
    std::map<std::string, File> names_, durable_names_;
};

}  // namespace kemas::testing
