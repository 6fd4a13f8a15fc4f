// What the daemon and its decoding child say to each other over a socket pair. Neither trusts the
// other's lengths. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/camera/barcode.hpp"

namespace kemas::camera {

inline constexpr std::size_t kMostPictureBytes = 16U << 20;
inline constexpr std::size_t kMostAnswerBytes = 1U << 20;
inline constexpr std::size_t kHeadBytes = 16;

// Request: number, formats and flags, bytes of the picture. Answer: number, status, bytes of text.
struct Head {
    std::uint32_t number = 0;
    std::uint32_t word = 0;  // request: FormatSet with the flags; answer: Status
    std::uint32_t size = 0;  // of what follows
};
inline constexpr std::uint32_t kThorough = 1U << 31;
inline constexpr std::uint32_t kCareful = 1U << 30;  // one code a window: this does not abort
inline constexpr std::uint32_t kDrawn = 1U << 29;    // one symbol, drawn straight, nothing else
inline constexpr std::uint32_t kFlags = kThorough | kCareful | kDrawn;
enum class Status : std::uint32_t { seen, unreadable };

using HeadBytes = std::array<char, kHeadBytes>;
HeadBytes pack(const Head& head);
std::optional<Head> unpack(const HeadBytes& bytes);  // nothing when it is not ours

// One line a barcode; any byte of a text survives.
std::string to_text(const std::vector<Barcode>& codes);
std::optional<std::vector<Barcode>> barcodes_of(std::string_view text);  // nothing when malformed

// Control characters, backslash and bytes above 0x7E as \xHH.
std::string escaped(std::string_view text);

}  // namespace kemas::camera
