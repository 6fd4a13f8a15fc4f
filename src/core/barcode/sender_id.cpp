#include "core/barcode/sender_id.hpp"

#include <algorithm>
#include <cstddef>

namespace kemas::barcode {

SentCode split_sender_id(std::string_view line) {
    constexpr std::size_t kLongestId = 64;
    if (!line.starts_with('#')) return {std::nullopt, line};
    const auto end = line.find(';');
    if (end == std::string_view::npos || end < 2 || end > kLongestId + 1) {
        return {std::nullopt, line};
    }
    const auto id = line.substr(1, end - 1);
    const bool visible =
        std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    if (!visible) return {std::nullopt, line};
    return {id, line.substr(end + 1)};
}

}  // namespace kemas::barcode
