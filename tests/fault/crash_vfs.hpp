// An SQLite VFS in memory that counts what SQLite asks of the disk and fails on demand: power cuts,
// I/O errors, a full disk. One connection at a time; knows nothing of the ledger.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/fault/disk.hpp"

namespace kemas::testing {

enum class DiskFault {
    none,
    power_cut,    // nothing after it happens
    io_error,     // any change fails
    disk_full,    // a write fails
    short_write,  // half of a write lands, and it fails
    sync_error,   // a sync fails and its pages are dropped
    read_error
};

struct FaultPlan {
    DiskFault fault = DiskFault::none;
    std::int64_t at = 0;  // the first of the operations this fault can meet, from 1
    bool sticky = false;  // from then on until heal(), else once
    Loss loss = Loss::all;
    std::uint64_t seed = 1;
};

class CrashVfs {
 public:
    explicit CrashVfs(const std::string& name);  // registered under `name` while it lives
    ~CrashVfs();
    CrashVfs(const CrashVfs&) = delete;
    CrashVfs& operator=(const CrashVfs&) = delete;

    const std::string& name() const { return name_; }
    void insert(Disk disk);  // puts another disk in; whoever had files open has lost them
    const Disk& disk() const { return disk_; }

    void arm(const FaultPlan& plan);  // counts from here
    void heal() { plan_ = {}; }
    bool fired() const { return fired_; }
    bool dark() const { return dark_; }  // the power is cut

    void cut_power(Loss loss, std::uint64_t seed);  // and comes back: only what landed is there
    void kill();                                    // the process dies, the page cache stays

    // Before every change of the disk, with the write that is under way: where a power cut may
    // fall.
    std::function<void(const InFlight&)> before_change;

    std::int64_t changes() const { return changes_; }  // writes, truncates, syncs, creates, removes
    std::int64_t reads() const { return reads_; }
    std::int64_t syncs() const { return syncs_; }

    // For the file methods.
    enum class Act { create, remove, write, truncate, sync, read };
    DiskFault meet(Act act, const InFlight& in_flight = {});
    struct Handle;
    static CrashVfs& of(sqlite3_vfs* vfs) { return *static_cast<CrashVfs*>(vfs->pAppData); }
    Disk& live_disk() { return disk_; }
    int life() const { return life_; }
    std::vector<std::unique_ptr<char[]>>& shared_memory() { return shared_memory_; }

 private:
    std::string name_;
    sqlite3_vfs vfs_{};
    Disk disk_;
    FaultPlan plan_;
    std::int64_t met_ = 0, changes_ = 0, reads_ = 0, syncs_ = 0;
    bool fired_ = false, dark_ = false;
    int life_ = 0;  // handles of an earlier life do nothing
    std::vector<std::unique_ptr<char[]>> shared_memory_, shared_memory_before_;
};

}  // namespace kemas::testing
