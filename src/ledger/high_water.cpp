#include "ledger/high_water.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cstring>
#include <utility>

namespace kemas::ledger {
namespace {

struct Slot {
    char magic[8];
    std::int64_t epoch, seq;
    char hash[32];
    std::uint64_t crc;
};
static_assert(sizeof(Slot) == 64);
constexpr char magic[9] = "KEMASHW1";
constexpr off_t slot_distance = 4096;  // a sector of its own each

std::uint64_t crc_of(const Slot& slot) {
    return crc32(0, reinterpret_cast<const Bytef*>(&slot), offsetof(Slot, crc));
}

std::optional<Mark> read_slot(int fd, int index) {
    Slot slot;
    if (pread(fd, &slot, sizeof slot, index * slot_distance) != sizeof slot) return std::nullopt;
    if (std::memcmp(slot.magic, magic, sizeof slot.magic) != 0 || slot.crc != crc_of(slot))
        return std::nullopt;
    return Mark{slot.epoch, slot.seq, std::string(slot.hash, sizeof slot.hash)};
}

}  // namespace

HighWater::HighWater(const std::string& path)
    : fd_(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640)) {}

HighWater::HighWater(HighWater&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), slot_(other.slot_) {}

HighWater& HighWater::operator=(HighWater&& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(slot_, other.slot_);
    return *this;
}

HighWater::~HighWater() {
    if (fd_ >= 0) close(fd_);
}

std::optional<Mark> HighWater::newest() const {
    if (fd_ < 0) return std::nullopt;
    const auto a = read_slot(fd_, 0);
    const auto b = read_slot(fd_, 1);
    if (!a || !b) return a ? a : b;
    return std::pair(a->epoch, a->seq) >= std::pair(b->epoch, b->seq) ? a : b;
}

void HighWater::write(const Mark& mark) {
    if (fd_ < 0) return;
    Slot slot{};
    std::memcpy(slot.magic, magic, sizeof slot.magic);
    slot.epoch = mark.epoch;
    slot.seq = mark.seq;
    std::memcpy(slot.hash, mark.hash.data(), std::min(mark.hash.size(), sizeof slot.hash));
    slot.crc = crc_of(slot);
    // A mark that cannot be written costs only the early warning, never a fact.
    if (pwrite(fd_, &slot, sizeof slot, slot_ * slot_distance) == sizeof slot) slot_ = 1 - slot_;
}

void HighWater::sync() {
    if (fd_ >= 0) fdatasync(fd_);
}

}  // namespace kemas::ledger
