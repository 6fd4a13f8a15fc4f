#include "tests/fault/disk.hpp"

#include <algorithm>
#include <random>

namespace kemas::testing {
namespace {

constexpr std::size_t sector = 512;

void put(std::string& image, std::int64_t offset, std::string_view bytes) {
    if (bytes.empty()) return;
    const auto end = static_cast<std::size_t>(offset) + bytes.size();
    if (image.size() < end) image.resize(end);
    image.replace(static_cast<std::size_t>(offset), bytes.size(), bytes);
}

void apply(std::string& image, const PendingChange& change) {
    if (change.truncate)
        image.resize(static_cast<std::size_t>(change.offset));
    else
        put(image, change.offset, change.bytes);
}

// Whole sectors up to a chosen one, which holds rubbish; nothing after it.
void tear(std::string& image, const PendingChange& change, std::mt19937_64& chance) {
    const auto sectors = (change.bytes.size() + sector - 1) / sector;
    const auto whole = std::min(chance() % (sectors + 1) * sector, change.bytes.size());
    put(image, change.offset, std::string_view(change.bytes).substr(0, whole));
    std::string rubbish(std::min(sector, change.bytes.size() - whole), '\0');
    for (auto& byte : rubbish) byte = static_cast<char>(chance());
    put(image, change.offset + static_cast<std::int64_t>(whole), rubbish);
}

std::string survivor(const FileImage& file, Loss loss, std::mt19937_64& chance) {
    auto image = file.durable;
    if (loss == Loss::all) return image;
    for (const auto& change : file.pending) {
        const auto fate = chance() % 4;
        if (fate < 2) continue;
        if (loss == Loss::torn && fate == 2 && !change.truncate)
            tear(image, change, chance);
        else
            apply(image, change);
    }
    return image;
}

}  // namespace

void FileImage::write(std::int64_t offset, std::string_view bytes) {
    put(now, offset, bytes);
    pending.push_back({false, offset, std::string(bytes)});
}

void FileImage::truncate(std::int64_t size) {
    now.resize(static_cast<std::size_t>(size));
    pending.push_back({true, size, {}});
}

void FileImage::sync() {
    for (const auto& change : pending) apply(durable, change);
    pending.clear();
}

File Disk::find(const std::string& name) const {
    const auto it = names_.find(name);
    return it == names_.end() ? nullptr : it->second;
}

File Disk::create(const std::string& name) {
    return names_[name] = std::make_shared<FileImage>();
}

Disk Disk::after_power_cut(Loss loss, std::uint64_t seed, const InFlight& in_flight) const {
    std::mt19937_64 chance(seed);
    const bool directory_landed = loss != Loss::all && chance() % 2;
    Disk disk;
    for (const auto& [name, file] : directory_landed ? names_ : durable_names_) {
        auto image = std::make_shared<FileImage>();
        image->durable = survivor(*file, loss, chance);
        if (file == in_flight.file)
            put(image->durable, in_flight.offset,
                in_flight.bytes.substr(0, in_flight.bytes.size() / 2));
        image->now = image->durable;
        image->entry_synced = true;
        disk.names_[name] = image;
    }
    disk.durable_names_ = disk.names_;
    return disk;
}

}  // namespace kemas::testing
