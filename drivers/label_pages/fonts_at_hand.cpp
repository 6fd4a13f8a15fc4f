#include "drivers/label_pages/fonts_at_hand.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <ft2build.h>
#include <unistd.h>
#include FT_FREETYPE_H

#include <array>
#include <cstdio>
#include <map>
#include <string_view>

namespace kemas::label_pages {
namespace {

constexpr std::size_t kMostFontBytes = 96U << 20;  // all of them together

struct Shelf {
    std::map<std::string, std::string, std::less<>> files;  // path to bytes
    std::size_t total = 0;
    bool recording = false, closed = false;
    std::uint64_t missed = 0;
    std::string last_missed;
};
Shelf& shelf() {
    static auto* it = new Shelf;  // exit handlers of the libraries may still ask
    return *it;
}

bool is_font(std::string_view path) {
    static constexpr std::array ends{".ttf", ".otf", ".ttc", ".t1",  ".pfb",
                                     ".pfa", ".afm", ".cff", ".pcf", ".gz"};
    for (const std::string_view end : ends)
        if (path.ends_with(end)) return true;
    return false;
}

// By system calls: a stream would come back to our own fopen.
std::string read_whole(const std::string& path) {
    std::string bytes;
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return bytes;
    std::array<char, 65'536> block;
    for (ssize_t n; (n = read(file, block.data(), block.size())) > 0;)
        if (bytes.append(block.data(), static_cast<std::size_t>(n)).size() > kMostFontBytes) break;
    close(file);
    return bytes;
}

// The kept bytes of a font, or nothing.
const std::string* font_at(const char* name) {
    const std::string path = name ? name : "";
    auto& it = shelf();
    const auto found = it.files.find(path);
    if (found != it.files.end()) return &found->second;
    if (it.recording) {
        auto bytes = read_whole(path);
        if (bytes.empty() || it.total + bytes.size() > kMostFontBytes) return nullptr;
        it.total += bytes.size();
        return &it.files.emplace(path, std::move(bytes)).first->second;
    }
    if (!it.closed) return nullptr;
    ++it.missed;
    it.last_missed = path.substr(path.rfind('/') + 1);
    return nullptr;
}

FILE* open_file(const char* path, const char* mode, const char* real_name) {
    const auto& it = shelf();
    if (path && is_font(path) && (it.recording || it.closed)) {
        const auto* bytes = font_at(path);
        if (!bytes) return nullptr;
        return fmemopen(const_cast<char*>(bytes->data()), bytes->size(), "r");
    }
    using Open = FILE* (*)(const char*, const char*);
    static std::map<std::string_view, Open> real;
    auto& next = real[real_name];
    if (!next) next = reinterpret_cast<Open>(dlsym(RTLD_NEXT, real_name));
    return next ? next(path, mode) : nullptr;
}

}  // namespace

void record_fonts(bool on) {
    shelf().recording = on;
    shelf().closed = !on;
}

std::uint64_t fonts_missed() {
    return shelf().missed;
}

std::string last_missed_font() {
    return shelf().last_missed;
}

// Found by the dynamic linker before those of FreeType and libc, which would open the file.
extern "C" FT_Error FT_New_Face(FT_Library library, const char* path, FT_Long index,  // NOLINT
                                FT_Face* face) {
    const auto* bytes = font_at(path);
    if (!bytes) return FT_Err_Cannot_Open_Resource;
    return FT_New_Memory_Face(library, reinterpret_cast<const FT_Byte*>(bytes->data()),
                              static_cast<FT_Long>(bytes->size()), index, face);
}
extern "C" FILE* fopen(const char* path, const char* mode) {  // NOLINT
    return open_file(path, mode, "fopen");
}
extern "C" FILE* fopen64(const char* path, const char* mode) {  // NOLINT
    return open_file(path, mode, "fopen64");
}

}  // namespace kemas::label_pages
