#include "core/rating/reliability.hpp"

#include <algorithm>
#include <tuple>

namespace kemas::rating {
namespace {

using Key = std::tuple<std::string_view, std::string_view, std::string_view>;

Key key(const ReliabilityRow& row) {
    return {row.courier, row.service, row.area_prefix};
}

}  // namespace

Reliability::Reliability(std::vector<ReliabilityRow> rows) {
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return key(a) < key(b); });
    for (auto& row : rows) {
        if (rows_.empty() || key(rows_.back()) != key(row)) {
            rows_.push_back(std::move(row));
            continue;
        }
        auto& same = rows_.back();
        same.sent += row.sent;
        same.on_time += row.on_time;
        same.returned += row.returned;
        same.lost += row.lost;
    }
}

const ReliabilityRow* Reliability::of(std::string_view courier, std::string_view service,
                                      std::string_view area, std::int64_t least_sent) const {
    for (auto length = area.size() + 1; length-- > 0;) {
        const Key wanted{courier, service, area.substr(0, length)};
        const auto row =
            std::lower_bound(rows_.begin(), rows_.end(), wanted,
                             [](const auto& r, const Key& want) { return key(r) < want; });
        if (row != rows_.end() && key(*row) == wanted && row->sent >= least_sent) return &*row;
    }
    return nullptr;
}

std::int64_t on_time_share(const ReliabilityRow& row) {
    return row.sent > 0 ? row.on_time * 10'000 / row.sent : 0;
}

}  // namespace kemas::rating
