#include "tests/fault/crash_vfs.hpp"

#include <cstring>
#include <new>

namespace kemas::testing {

using Act = CrashVfs::Act;

// SQLite allocates this itself: open and close construct and destroy it.
struct CrashVfs::Handle {
    sqlite3_file base;
    CrashVfs* vfs;
    File file;
    bool named, new_journal;
    int life;

    DiskFault meet(Act act, const InFlight& in_flight = {}) const {
        if (life != vfs->life()) return DiskFault::power_cut;
        return named ? vfs->meet(act, in_flight) : DiskFault::none;
    }
};

namespace {

using Handle = CrashVfs::Handle;
Handle& self(sqlite3_file* file) {
    return *reinterpret_cast<Handle*>(file);
}

int close(sqlite3_file* file) {
    self(file).~Handle();
    return SQLITE_OK;
}

int read(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
    auto& handle = self(file);
    if (handle.meet(Act::read) != DiskFault::none) return SQLITE_IOERR_READ;
    const auto& image = handle.file->now;
    const auto from = static_cast<std::size_t>(offset), want = static_cast<std::size_t>(size);
    const auto have = from < image.size() ? std::min(want, image.size() - from) : 0;
    if (have) std::memcpy(to, image.data() + from, have);
    std::memset(static_cast<char*>(to) + have, 0, want - have);
    return have == want ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
    auto& handle = self(file);
    const std::string_view bytes(static_cast<const char*>(from), static_cast<std::size_t>(size));
    switch (handle.meet(Act::write, {handle.file, offset, bytes})) {
        case DiskFault::none:
            break;
        case DiskFault::disk_full:
            return SQLITE_FULL;
        case DiskFault::short_write:
            handle.file->write(offset, bytes.substr(0, bytes.size() / 2));
            [[fallthrough]];
        default:
            return SQLITE_IOERR_WRITE;
    }
    handle.file->write(offset, bytes);
    return SQLITE_OK;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    auto& handle = self(file);
    if (handle.meet(Act::truncate) != DiskFault::none) return SQLITE_IOERR_TRUNCATE;
    handle.file->truncate(size);
    return SQLITE_OK;
}

int sync(sqlite3_file* file, int) {
    auto& handle = self(file);
    const auto fault = handle.meet(Act::sync);
    if (fault == DiskFault::sync_error) handle.file->drop_unsynced();
    if (fault != DiskFault::none) return SQLITE_IOERR_FSYNC;
    handle.file->sync();
    // As SQLite's own VFS: a new journal's first sync takes the directory along.
    if (handle.new_journal && !handle.file->entry_synced) handle.vfs->live_disk().sync_directory();
    handle.file->entry_synced = true;
    return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(self(file).file->now.size());
    return SQLITE_OK;
}

int lock(sqlite3_file*, int) {
    return SQLITE_OK;
}
int check_lock(sqlite3_file*, int* held) {
    return *held = 0, SQLITE_OK;
}
int control(sqlite3_file*, int, void*) {
    return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
    return 4096;
}
int traits(sqlite3_file*) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** to) {
    auto& regions = self(file).vfs->shared_memory();
    *to = nullptr;
    const auto index = static_cast<std::size_t>(region);
    if (index >= regions.size() && !extend) return SQLITE_OK;
    while (regions.size() <= index)
        regions.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
    *to = regions[index].get();
    return SQLITE_OK;
}

int shm_lock(sqlite3_file*, int, int, int) {
    return SQLITE_OK;
}
void shm_barrier(sqlite3_file*) {}
int shm_unmap(sqlite3_file* file, int) {
    if (self(file).life == self(file).vfs->life()) self(file).vfs->shared_memory().clear();
    return SQLITE_OK;
}

const sqlite3_io_methods methods = {2,           close,       read,    write,   truncate,
                                    sync,        file_size,   lock,    lock,    check_lock,
                                    control,     sector_size, traits,  shm_map, shm_lock,
                                    shm_barrier, shm_unmap,   nullptr, nullptr};

int open(sqlite3_vfs* raw, const char* name, sqlite3_file* file, int flags, int* out) {
    auto& vfs = CrashVfs::of(raw);
    file->pMethods = nullptr;
    File image = name ? vfs.live_disk().find(name) : std::make_shared<FileImage>();
    const bool fresh = name && !image;
    if (fresh) {
        if (!(flags & SQLITE_OPEN_CREATE)) return SQLITE_CANTOPEN;
        if (vfs.meet(Act::create) != DiskFault::none) return SQLITE_CANTOPEN;
        image = vfs.live_disk().create(name);
    }
    const bool journal = flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL);
    new (file) Handle{{&methods}, &vfs, image, name != nullptr, journal, vfs.life()};
    if (out) *out = flags;
    return SQLITE_OK;
}

int remove(sqlite3_vfs* raw, const char* name, int sync_directory) {
    auto& vfs = CrashVfs::of(raw);
    if (!vfs.live_disk().find(name)) return SQLITE_IOERR_DELETE_NOENT;
    if (vfs.meet(Act::remove) != DiskFault::none) return SQLITE_IOERR_DELETE;
    vfs.live_disk().unlink(name);
    if (sync_directory) vfs.live_disk().sync_directory();
    return SQLITE_OK;
}

int access(sqlite3_vfs* raw, const char* name, int, int* there) {
    const auto file = CrashVfs::of(raw).live_disk().find(name);
    *there = file != nullptr;
    return SQLITE_OK;
}

int full_name(sqlite3_vfs*, const char* name, int size, char* to) {
    sqlite3_snprintf(size, to, "%s", name);
    return SQLITE_OK;
}

bool can_meet(DiskFault fault, Act act) {
    switch (fault) {
        case DiskFault::none:
            return false;
        case DiskFault::read_error:
            return act == Act::read;
        case DiskFault::sync_error:
            return act == Act::sync;
        case DiskFault::disk_full:
        case DiskFault::short_write:
            return act == Act::write;
        default:
            return act != Act::read;
    }
}

}  // namespace

CrashVfs::CrashVfs(const std::string& name) : name_(name) {
    vfs_ = *sqlite3_vfs_find(nullptr);  // time, randomness and sleep as everywhere
    vfs_.iVersion = 2;
    vfs_.szOsFile = sizeof(Handle);
    vfs_.mxPathname = 200;
    vfs_.pNext = nullptr;
    vfs_.zName = name_.c_str();
    vfs_.pAppData = this;
    vfs_.xOpen = open;
    vfs_.xDelete = remove;
    vfs_.xAccess = access;
    vfs_.xFullPathname = full_name;
    sqlite3_vfs_register(&vfs_, 0);
}

CrashVfs::~CrashVfs() {
    sqlite3_vfs_unregister(&vfs_);
}

void CrashVfs::insert(Disk disk) {
    kill();
    disk_ = std::move(disk);
    dark_ = false;
    arm({});
}

void CrashVfs::arm(const FaultPlan& plan) {
    plan_ = plan;
    met_ = changes_ = reads_ = syncs_ = 0;
    fired_ = false;
}

void CrashVfs::cut_power(Loss loss, std::uint64_t seed) {
    insert(disk_.after_power_cut(loss, seed));
}

void CrashVfs::kill() {
    ++life_;
    // A ledger of the life before may still be closed: what it maps must outlive it.
    shared_memory_before_ = std::move(shared_memory_);
    shared_memory_.clear();
}

DiskFault CrashVfs::meet(Act act, const InFlight& in_flight) {
    if (dark_) return DiskFault::power_cut;
    ++(act == Act::read ? reads_ : changes_);
    syncs_ += act == Act::sync;
    if (act != Act::read && before_change) before_change(in_flight);
    if (!can_meet(plan_.fault, act) || ++met_ < plan_.at || (fired_ && !plan_.sticky))
        return DiskFault::none;
    fired_ = true;
    if (plan_.fault == DiskFault::power_cut) {
        disk_ = disk_.after_power_cut(plan_.loss, plan_.seed, in_flight);
        dark_ = true;
    }
    return plan_.fault;
}

}  // namespace kemas::testing
