// What every fuzz target shares: taking an input apart, cutting a stream into pieces, and saying
// that a property does not hold. Knows no format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace kemas::fuzz {

// Ends the run as a finding; the fuzzer keeps the input.
inline void must(bool holds, const char* property) {
    if (holds) return;
    std::fprintf(stderr, "property does not hold: %s\n", property);
    std::abort();
}

// From the front; zeros when used up, so that every input is whole.
class Feed {
 public:
    Feed(const std::uint8_t* data, std::size_t size)
        : left_(reinterpret_cast<const char*>(data), size) {}

    std::uint8_t byte() {
        const auto piece = take(1);
        return piece.empty() ? 0 : static_cast<std::uint8_t>(piece[0]);
    }
    std::uint16_t word() {
        const int high = byte();
        return static_cast<std::uint16_t>(high << 8 | byte());
    }
    std::string_view take(std::size_t bytes) {
        const auto piece = left_.substr(0, bytes);
        left_.remove_prefix(piece.size());
        return piece;
    }
    std::string_view rest() { return take(left_.size()); }
    bool empty() const { return left_.empty(); }

 private:
    std::string_view left_;
};

// Hands `bytes` over in pieces of 1 to 16 bytes, cut differently for each `seed`.
template <class Take>
void in_pieces(std::string_view bytes, std::uint8_t seed, Take take) {
    for (std::uint32_t chance = seed; !bytes.empty();) {
        chance = chance * 1664525 + 1013904223;
        const auto piece = bytes.substr(0, 1 + (chance >> 28));
        bytes.remove_prefix(piece.size());
        take(piece);
    }
}

}  // namespace kemas::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
