#include "tools/kemasctl/table.hpp"

#include <algorithm>

#include "core/assert.hpp"

namespace kemas::ctl {
namespace {

std::size_t width(const std::string& text) {  // characters, not bytes
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

bool is_count(const std::string& text) {
    return text == "-" || (!text.empty() && text.find_first_not_of("0123456789") == text.npos);
}

}  // namespace

std::string table(const Row& head, const std::vector<Row>& rows) {
    if (rows.empty()) return "";
    std::vector<std::size_t> widths;
    std::vector<bool> counts;
    for (std::size_t i = 0; i < head.size(); ++i) {
        widths.push_back(width(head[i]));
        counts.push_back(true);
        for (const auto& row : rows) {
            KEMAS_ASSERT(row.size() == head.size());
            widths[i] = std::max(widths[i], width(row[i]));
            counts[i] = counts[i] && is_count(row[i]);
        }
    }
    std::string out;
    const auto add = [&](const Row& row) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string room(widths[i] - width(row[i]), ' ');
            line += (i == 0 ? "" : "  ") + (counts[i] ? room + row[i] : row[i] + room);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + '\n';
    };
    add(head);
    for (const auto& row : rows) add(row);
    return out;
}

std::string pairs(const std::vector<std::pair<std::string, std::string>>& given) {
    std::size_t widest = 0;
    for (const auto& [name, value] : given) {
        if (!value.empty()) widest = std::max(widest, width(name));
    }
    std::string out;
    for (const auto& [name, value] : given) {
        if (value.empty()) continue;
        out += name + std::string(widest + 2 - width(name), ' ') + value + '\n';
    }
    return out;
}

}  // namespace kemas::ctl
