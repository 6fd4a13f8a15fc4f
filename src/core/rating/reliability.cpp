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
    for (auto& row : rows_) {
        row.sent = std::max<std::int64_t>(row.sent, 0);
        for (auto* count : {&row.on_time, &row.returned, &row.lost})
            *count = std::clamp<std::int64_t>(*count, 0, row.sent);
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

std::vector<std::string_view> areas_around(std::string_view area) {
    std::vector<std::string_view> around{""};
    const bool dotted = area.find('.') != std::string_view::npos;
    const bool digits = area.find_first_not_of("0123456789") == std::string_view::npos;
    for (std::size_t end = 1; end < area.size(); ++end) {
        const bool is_part =
            dotted ? area[end] == '.' : digits && (end == 2 || end == 4 || end == 6);
        if (is_part) around.push_back(area.substr(0, end));
    }
    if (!area.empty()) around.push_back(area);
    return around;
}

std::vector<ReliabilityRow> with_areas_around(const std::vector<ReliabilityRow>& whole_areas) {
    std::vector<ReliabilityRow> rows;
    for (const auto& whole : whole_areas) {
        for (const auto area : areas_around(whole.area_prefix)) {
            auto& row = rows.emplace_back(whole);
            row.area_prefix = area;
        }
    }
    return rows;
}

std::int64_t share_of(std::int64_t count, const ReliabilityRow& row) {
    return row.sent > 0 ? count * 10'000 / row.sent : 0;
}

std::int64_t on_time_share(const ReliabilityRow& row) {
    return share_of(row.on_time, row);
}

}  // namespace kemas::rating
