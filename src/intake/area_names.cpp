#include "intake/area_names.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

namespace kemas::intake {
namespace {

constexpr std::size_t kMostSuggestions = 5;

std::string words_of(std::string_view name) {
    std::string out;
    for (const char c : name) {
        const bool small = c >= 'a' && c <= 'z';
        const bool kept = small || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c < 0;
        if (kept)
            out += small ? static_cast<char>(c - 'a' + 'A') : c;
        else if (!out.empty() && out.back() != ' ' && c != '\'')
            out += ' ';
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

struct Title {
    std::string_view word;
    char kind;
};
// The longer first.
constexpr std::array<Title, 11> kTitles{{{"KOTA ADMINISTRASI ", 'c'},
                                         {"KABUPATEN ADM ", 'k'},
                                         {"KABUPATEN ", 'k'},
                                         {"KOTA ADM ", 'c'},
                                         {"KOTAMADYA ", 'c'},
                                         {"KECAMATAN ", ' '},
                                         {"DISTRIK ", ' '},
                                         {"KAB ", 'k'},
                                         {"KODYA ", 'c'},
                                         {"KOTA ", 'c'},
                                         {"KEC ", ' '}}};

std::pair<std::string, char> bare(std::string_view name) {
    auto words = words_of(name);
    for (const auto& [title, kind] : kTitles) {
        if (words.starts_with(title) && words.size() > title.size())
            return {words.substr(title.size()), kind};
    }
    return {std::move(words), ' '};
}

bool may_be(char said, char is) {
    return said == ' ' || is == ' ' || said == is;
}

}  // namespace

std::string bare_area_name(std::string_view name) {
    return bare(name).first;
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most) {
    const auto longer = std::max(a.size(), b.size()), shorter = std::min(a.size(), b.size());
    if (longer - shorter > most) return most + 1;
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto corner = row[0];
        row[0] = i;
        auto least = row[0];
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto changed = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
            corner = row[j];
            row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
            least = std::min(least, row[j]);
        }
        if (least > most) return most + 1;
    }
    return std::min(row[b.size()], most + 1);
}

AreaNames::AreaNames(std::vector<NamedArea> areas, std::vector<AreaAlias> aliases)
    : areas_(std::move(areas)), aliases_(std::move(aliases)) {
    for (std::size_t i = 0; i < areas_.size(); ++i) {
        auto [name, kind] = bare(areas_[i].name);
        auto [parent, parent_kind] = bare(areas_[i].parent);
        entries_.push_back({std::move(name), std::move(parent), kind, parent_kind, i});
    }
    std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
        return std::tie(a.bare, a.area) < std::tie(b.bare, b.area);
    });
    for (auto& alias : aliases_) alias.theirs = words_of(alias.theirs);
    std::sort(aliases_.begin(), aliases_.end(),
              [](const AreaAlias& a, const AreaAlias& b) { return a.theirs < b.theirs; });
}

AreaMatch AreaNames::match(std::string_view name, std::string_view parent) const {
    const auto whole = words_of(name);
    const auto alias = std::lower_bound(
        aliases_.begin(), aliases_.end(), whole,
        [](const AreaAlias& a, const std::string& theirs) { return a.theirs < theirs; });
    if (alias != aliases_.end() && alias->theirs == whole) return {alias->code, {}};

    Entry wanted{{}, {}, ' ', ' ', 0};
    std::tie(wanted.bare, wanted.kind) = bare(name);
    std::tie(wanted.bare_parent, wanted.parent_kind) = bare(parent);
    AreaMatch match;
    auto entry = std::lower_bound(
        entries_.begin(), entries_.end(), wanted.bare,
        [](const Entry& e, const std::string& bare_name) { return e.bare < bare_name; });
    for (; entry != entries_.end() && entry->bare == wanted.bare; ++entry) {
        if (!may_be(wanted.kind, entry->kind)) continue;
        if (!wanted.bare_parent.empty() && (entry->bare_parent != wanted.bare_parent ||
                                            !may_be(wanted.parent_kind, entry->parent_kind))) {
            continue;
        }
        match.suggestions.push_back(areas_[entry->area]);
    }
    if (match.suggestions.size() == 1) {
        match.code = match.suggestions[0].code;
        match.suggestions.clear();
        return match;
    }
    if (match.suggestions.empty()) return nearest(wanted, name);
    match.why = "'" + std::string(name) + "' is the name of " +
                std::to_string(match.suggestions.size()) +
                " areas; give the area above it, or an alias";
    if (match.suggestions.size() > kMostSuggestions) match.suggestions.resize(kMostSuggestions);
    return match;
}

// A letter in four may be wrong; a name that only lies elsewhere is as near as one letter.
AreaMatch AreaNames::nearest(const Entry& wanted, std::string_view name) const {
    const auto most = std::max<std::size_t>(1, wanted.bare.size() / 4);
    std::vector<std::tuple<std::size_t, std::size_t>> found;
    for (const auto& entry : entries_) {
        auto distance = edit_distance(wanted.bare, entry.bare, most);
        if (distance > most) continue;
        if (!wanted.bare_parent.empty() && entry.bare_parent != wanted.bare_parent) ++distance;
        if (!may_be(wanted.kind, entry.kind)) ++distance;
        found.emplace_back(distance, entry.area);
    }
    std::sort(found.begin(), found.end());
    AreaMatch match;
    match.why = "no area is named '" + std::string(name) + "'";
    for (const auto& [distance, area] : found) {
        if (match.suggestions.size() == kMostSuggestions) break;
        match.suggestions.push_back(areas_[area]);
    }
    match.why += match.suggestions.empty() ? "; give an alias" : "; confirm one as an alias";
    return match;
}

}  // namespace kemas::intake
