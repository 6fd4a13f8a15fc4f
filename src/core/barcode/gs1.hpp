// GS1 element strings: application identifiers and their values. Knows no scanners and no stock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/fault.hpp"

namespace kemas::barcode {

constexpr char kGroupSeparator = '\x1d';  // how FNC1 is transmitted

struct Element {
    std::string ai;  // "01", "3103"
    std::string value;
    friend bool operator==(const Element&, const Element&) = default;
};

class ElementString {
 public:
    explicit ElementString(std::vector<Element> elements) : elements_(std::move(elements)) {}

    const std::vector<Element>& elements() const { return elements_; }
    std::optional<std::string_view> find(std::string_view ai) const;

    std::optional<std::string> gtin() const;    // (01), else the content's (02); 14 digits
    std::optional<std::string> lot() const;     // (10)
    std::optional<std::string> expiry() const;  // (17) YYMMDD, day 00 = end of month
    std::optional<std::int64_t> count() const;  // (30), else (37)
    std::optional<std::string> sscc() const;    // (00)
    std::optional<std::string> serial() const;  // (21)

    friend bool operator==(const ElementString&, const ElementString&) = default;

 private:
    std::vector<Element> elements_;
};

// Reads an element string in any of its three dresses: as a scanner sends it, with or without AIM
// identifier and leading separator, values of open length ended by GS (0x1D); or as people write
// it, "(01)...(10)..." where `\(` is a parenthesis of the value. Every value is checked for length,
// characters, check digit and date; an identifier that comes twice must say the same. The fault
// names the identifier and what is wrong with it.
Result<ElementString> parse_gs1(std::string_view text);

// "(01)04012345678901(10)AB": the form people read.
std::string to_text(const ElementString& elements);

// A date YYMMDD as "2027-02-28". Day 00 is the last day of the month; the century is the one that
// puts the year at most 50 years ahead of `this_year` and 49 behind (GS1 General Specifications
// 7.12). `yymmdd` must have passed parse_gs1.
std::string iso_date(std::string_view yymmdd, int this_year);

}  // namespace kemas::barcode
