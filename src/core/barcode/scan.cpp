#include "core/barcode/scan.hpp"

#include <utility>

#include "core/barcode/aim.hpp"
#include "core/barcode/check_digit.hpp"

namespace kemas::barcode {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const auto first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool claims_gs1(const AimSplit& split) {
    const auto text = split.rest;
    if (split.is_gs1 || text.starts_with(kGroupSeparator)) return true;
    // As people write it: "(01)..." with two to four digits between the parentheses.
    const auto close = text.find(')');
    return text.starts_with('(') && close != std::string_view::npos && close >= 3 && close <= 5 &&
           all_digits(text.substr(1, close - 1));
}

}  // namespace

Scan read_scan(std::string_view raw) {
    const auto split = split_aim(trimmed(raw));
    Scan scan;
    scan.raw = raw;
    scan.symbology = split.symbology;
    scan.text = split.rest;

    if (claims_gs1(split)) {
        if (auto parsed = parse_gs1(split.rest)) {
            scan.gtin14 = parsed->gtin();
            scan.gs1 = std::move(*parsed);
        } else {
            scan.fault = std::move(parsed.error());
        }
    } else if (looks_like_command(split.rest)) {
        scan.command = parse_command(split.rest);
        if (!scan.command) {
            scan.fault = Fault{Remedy::call_person, "Command barcode \"" + scan.text +
                                                        "\" names no verb; print it again."};
        }
    } else {
        scan.gtin14 = to_gtin14(split.rest);
        if (is_retail(split.symbology) && !scan.gtin14) {
            scan.fault = Fault{Remedy::call_person,
                               "Item barcode \"" + scan.text +
                                   "\" has a wrong length or check digit; scan it again."};
        }
    }
    return scan;
}

}  // namespace kemas::barcode
