// What the daemon and its page-reading child say to each other over a socket pair. Neither trusts
// the other's lengths. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "drivers/label_pages/read_page.hpp"

namespace kemas::label_pages {

inline constexpr std::size_t kMostFrameBytes = kMostFileBytes + 4096;
inline constexpr std::size_t kFrameHeadBytes = 12;

enum class FrameKind : std::uint32_t { request, page, end };

/// Each frame: magic, kind, bytes that follow.
struct FrameHead {
    FrameKind kind = FrameKind::request;
    std::uint32_t size = 0;
};
using FrameHeadBytes = std::array<char, kFrameHeadBytes>;
FrameHeadBytes pack(const FrameHead& head);
std::optional<FrameHead> unpack(const FrameHeadBytes& bytes);  // nothing when it is not ours

std::string to_bytes(const PageRequest& request);
std::string to_bytes(const ReadPage& page);
std::string to_bytes(const FileEnd& end);
/// Nothing when malformed, too long, or a page whose bits do not fill it.
std::optional<PageRequest> request_of(std::string_view bytes);
std::optional<ReadPage> page_of(std::string_view bytes);
std::optional<FileEnd> end_of(std::string_view bytes);

}  // namespace kemas::label_pages
