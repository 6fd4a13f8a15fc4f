#include "drivers/label_pages/zip_file.hpp"

#include <zlib.h>

#include "drivers/label_pages/read_page.hpp"

namespace kemas::label_pages {
namespace {

constexpr std::size_t kEndBytes = 22, kEntryBytes = 46, kLocalBytes = 30;
constexpr std::size_t kMostComment = 65'535;

std::uint32_t word(std::string_view bytes, std::size_t at, int size) {
    std::uint32_t value = 0;
    for (int i = size; i-- > 0;)
        value = value << 8 | static_cast<std::uint8_t>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

tl::unexpected<std::string> no(std::string why) {
    return tl::unexpected(std::move(why));
}

std::size_t find_end(std::string_view bytes) {
    if (bytes.size() < kEndBytes) return std::string_view::npos;
    const auto from = bytes.size() - kEndBytes;
    const auto least = from > kMostComment ? from - kMostComment : 0;
    for (auto at = from;; --at) {
        if (bytes.substr(at, 4) == "PK\5\6") return at;
        if (at == least) return std::string_view::npos;
    }
}

ZipMember entry(std::string_view bytes, std::size_t at, std::size_t name_size) {
    ZipMember member;
    member.flags = static_cast<std::uint16_t>(word(bytes, at + 8, 2));
    member.method = static_cast<std::uint16_t>(word(bytes, at + 10, 2));
    member.crc = word(bytes, at + 16, 4);
    member.packed = word(bytes, at + 20, 4);
    member.unpacked = word(bytes, at + 24, 4);
    member.offset = word(bytes, at + 42, 4);
    member.name = bytes.substr(at + kEntryBytes, name_size);
    return member;
}

std::string inflated(std::string_view packed, std::size_t size) {
    std::string out(size, '\0');
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return {};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int code = inflate(&stream, Z_FINISH);
    const bool whole = code == Z_STREAM_END && stream.total_out == size;
    inflateEnd(&stream);
    return whole ? out : std::string();
}

}  // namespace

bool is_zip(std::string_view bytes) {
    return bytes.starts_with("PK\3\4") || bytes.starts_with("PK\5\6");
}

tl::expected<std::vector<ZipMember>, std::string> zip_members(std::string_view bytes) {
    const auto end = find_end(bytes);
    if (end == std::string_view::npos) return no("the archive is cut off: it has no directory");
    const auto count = word(bytes, end + 10, 2);
    std::size_t at = word(bytes, end + 16, 4);
    if (word(bytes, end + 4, 2) != 0 || word(bytes, end + 8, 2) != count || at == 0xFFFFFFFF)
        return no("the archive has several parts or is ZIP64: pack it anew, as one plain ZIP");
    if (count > static_cast<std::uint32_t>(kMostMembers))
        return no("the archive has more than " + std::to_string(kMostMembers) + " files");
    std::vector<ZipMember> members;
    std::size_t total = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (at + kEntryBytes > end || bytes.substr(at, 4) != "PK\1\2")
            return no("the archive's directory is damaged");
        const std::size_t name = word(bytes, at + 28, 2);
        if (at + kEntryBytes + name > end) return no("the archive's directory is damaged");
        members.push_back(entry(bytes, at, name));
        total += members.back().unpacked;
        if (total > kMostUnpackedBytes)
            return no("the archive unpacks to more than " +
                      std::to_string(kMostUnpackedBytes >> 20) + " MiB");
        at += kEntryBytes + name + word(bytes, at + 30, 2) + word(bytes, at + 32, 2);
    }
    return members;
}

tl::expected<std::string, std::string> unzip(std::string_view bytes, const ZipMember& member) {
    if (member.flags & 1U) return no("is encrypted: unpack it and bring its files");
    if (member.unpacked > kMostFileBytes)
        return no("is larger than " + std::to_string(kMostFileBytes >> 20) + " MiB");
    const std::size_t at = member.offset;
    if (at + kLocalBytes > bytes.size() || bytes.substr(at, 4) != "PK\3\4")
        return no("is not where the archive's directory says");
    const auto start = at + kLocalBytes + word(bytes, at + 26, 2) + word(bytes, at + 28, 2);
    if (start + member.packed > bytes.size()) return no("is cut off");
    const auto packed = bytes.substr(start, member.packed);
    std::string out;
    if (member.method == 0 && member.packed == member.unpacked)
        out = packed;
    else if (member.method == 8)
        out = inflated(packed, member.unpacked);
    else
        return no("is packed in a way that is not known here: pack it anew, as plain ZIP");
    const auto crc =
        crc32(0, reinterpret_cast<const Bytef*>(out.data()), static_cast<uInt>(out.size()));
    if (out.size() != member.unpacked || crc != member.crc) return no("is damaged");
    return out;
}

}  // namespace kemas::label_pages
