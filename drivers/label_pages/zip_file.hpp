// The members of a ZIP archive that nobody vouches for, unpacked one at a time within limits. Runs
// in the sandboxed child only; knows no label.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace kemas::label_pages {

struct ZipMember {
    std::string name;
    std::uint32_t packed = 0, unpacked = 0, crc = 0, offset = 0;  // as the directory says
    std::uint16_t method = 0, flags = 0;
    bool folder() const { return name.empty() || name.back() == '/'; }
};

bool is_zip(std::string_view bytes);

/// The directory at the archive's end (APPNOTE.TXT 4.3.12, 4.3.16). Errors: damaged, too many
/// members, ZIP64, several disks, more unpacked bytes than kMostUnpackedBytes.
tl::expected<std::vector<ZipMember>, std::string> zip_members(std::string_view bytes);

/// One member's bytes, exactly as many as the directory says and with its checksum. Errors:
/// encrypted, packed otherwise than stored or deflated, damaged, larger than it says.
tl::expected<std::string, std::string> unzip(std::string_view bytes, const ZipMember& member);

}  // namespace kemas::label_pages
