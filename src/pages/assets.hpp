// The page files, compiled in. Knows nothing of HTTP beyond each file's media type.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace kemas::pages {

struct Asset {
    std::string_view path;           // "/", "/dash.css", "/fonts/atkinson-next.woff2"
    std::string_view content_type;   // "text/html; charset=utf-8"
    std::string_view bytes;          // lives as long as the program
    std::string_view etag;           // of the content, without quotes
    std::string_view cache_control;  // fonts for a week; all else asks each time
};

/// Every file there is.
std::span<const Asset> all_assets();

/// The file served at that path, or nothing.
std::optional<Asset> find_asset(std::string_view path);

}  // namespace kemas::pages
