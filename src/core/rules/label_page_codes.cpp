#include "core/rules/label_page_codes.hpp"

#include <algorithm>

#include "core/barcode/scan.hpp"

namespace kemas {
namespace {

constexpr std::size_t longest_alias = 512;

bool can_be_scanned(const std::string& text) {
    if (text.empty() || text.size() > longest_alias) return false;
    return std::ranges::all_of(text, [](char c) { return (c >= ' ' && c <= '~') || c == '\x1d'; });
}

std::string package_number_of(const Turn& turn, const Parcel& parcel) {
    const auto order = turn.books.order(parcel.order);
    return order ? order->package_number : "";
}

bool is_own_number(const Turn& turn, const Parcel& parcel, const std::string& text) {
    return text == parcel.tracking_number || text == package_number_of(turn, parcel);
}

// What keeps a code from becoming an alias of `parcel`: another meaning, or another page.
bool claimed_elsewhere(Turn& turn, const Parcel& parcel, const std::string& text) {
    const auto own = std::to_string(parcel.id.value);
    // Goods are known by their 14 digits, whichever way these are printed.
    const auto gtin = barcode::read_scan(text).gtin14;
    bool claimed = gtin && !turn.books.meanings(*gtin).empty();
    for (const auto& meaning : turn.books.meanings(text)) {
        if (meaning.kind == CodeKind::parcel && meaning.ref == own) continue;
        claimed = true;
        if (meaning.kind != CodeKind::parcel) continue;
        const auto other = turn.books.parcel({std::stoll(meaning.ref)});
        if (other && !is_own_number(turn, *other, text))
            turn.change(UnbindCode{text, CodeKind::parcel, meaning.ref});
    }
    for (const auto& page : turn.books.label_pages_with(text))
        claimed |= page.state == PageState::bound && page.parcel != parcel.id;
    return claimed;
}

}  // namespace

bool matches_pattern(std::string_view pattern, std::string_view text) {
    if (pattern.empty()) return text.empty();
    if (pattern.front() == '*') {
        for (std::size_t skip = 0; skip <= text.size(); ++skip)
            if (matches_pattern(pattern.substr(1), text.substr(skip))) return true;
        return false;
    }
    if (text.empty()) return false;
    const bool digit = text.front() >= '0' && text.front() <= '9';
    const bool fits = pattern.front() == '?' || (pattern.front() == '#' && digit) ||
                      pattern.front() == text.front();
    return fits && matches_pattern(pattern.substr(1), text.substr(1));
}

std::vector<SeenCode> identifying_codes(const Turn& turn, const std::vector<SeenCode>& codes) {
    std::vector<SeenCode> kept;
    for (auto code : codes) {
        const auto scan = barcode::read_scan(code.text);
        code.text = scan.text;
        const bool listed = std::ranges::any_of(
            turn.policy.not_identifying,
            [&](const auto& pattern) { return matches_pattern(pattern, code.text); });
        if (!listed && !scan.command && can_be_scanned(code.text)) kept.push_back(std::move(code));
    }
    return kept;
}

std::vector<Parcel> parcels_named(const Turn& turn, const std::vector<SeenCode>& codes) {
    std::vector<Parcel> parcels;
    for (const auto& code : codes)
        for (const auto& meaning : turn.books.meanings(code.text)) {
            if (meaning.kind != CodeKind::parcel && meaning.kind != CodeKind::void_label) continue;
            const auto parcel = turn.books.parcel({std::stoll(meaning.ref)});
            if (!parcel || parcel->arranged != Arranger::channel ||
                !is_own_number(turn, *parcel, code.text))
                continue;
            if (!std::ranges::any_of(parcels, [&](const auto& p) { return p.id == parcel->id; }))
                parcels.push_back(*parcel);
        }
    return parcels;
}

void bind_aliases(Turn& turn, const Parcel& parcel, const std::vector<SeenCode>& codes) {
    const auto own = std::to_string(parcel.id.value);
    const CodeMeaning meaning{CodeKind::parcel, own, 1};
    turn.change(UnbindCode{parcel.tracking_number, CodeKind::void_label, own});
    turn.change(BindCode{parcel.tracking_number, meaning});
    for (const auto& code : codes)
        if (code.text != parcel.tracking_number && !claimed_elsewhere(turn, parcel, code.text))
            turn.change(BindCode{code.text, meaning});
}

}  // namespace kemas
