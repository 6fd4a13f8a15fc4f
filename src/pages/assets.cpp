#include "pages/assets.hpp"

#include <algorithm>

namespace kemas::pages {

std::optional<Asset> find_asset(std::string_view path) {
    const auto all = all_assets();
    const auto found = std::ranges::find(all, path, &Asset::path);
    if (found == all.end()) return std::nullopt;
    return *found;
}

}  // namespace kemas::pages
