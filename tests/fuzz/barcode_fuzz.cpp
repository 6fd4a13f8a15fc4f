// Scanned codes: whatever is printed on a parcel must not stop the house, and what is understood
// can be written and understood again.
#include <string>

#include "core/barcode/aim.hpp"
#include "core/barcode/check_digit.hpp"
#include "core/barcode/command.hpp"
#include "core/barcode/gs1.hpp"
#include "core/barcode/scan.hpp"
#include "core/barcode/sender_id.hpp"
#include "tests/fuzz/input.hpp"

using namespace kemas;
using fuzz::Feed, fuzz::must;
using namespace kemas::barcode;

namespace {

bool is_gtin14(std::string_view text) {
    return text.size() == 14 && all_digits(text) && has_valid_check_digit(text);
}

void scanned(std::string_view raw) {
    const auto scan = read_scan(raw);
    must(scan.raw == raw, "a scan keeps what came");
    must(scan.text.size() <= raw.size(), "a text is part of what came");
    if (scan.gtin14) must(is_gtin14(*scan.gtin14), "an item number has 14 digits that agree");
    if (scan.fault) must(!scan.fault->what.empty(), "a fault has its sentence");
}

void gs1(std::string_view text) {
    const auto elements = parse_gs1(text);
    if (!elements) return must(!elements.error().what.empty(), "a refused code says why");
    must(!elements->elements().empty(), "an element string holds something");
    const auto again = parse_gs1(to_text(*elements));
    must(again.has_value() && *again == *elements, "element strings survive being written");
    if (const auto gtin = elements->gtin()) must(is_gtin14(*gtin), "(01) is a GTIN");
    if (const auto sscc = elements->sscc()) must(is_sscc(*sscc), "(00) is an SSCC");
    if (const auto expiry = elements->expiry())
        for (const int year : {1999, 2026, 2051, 2099}) {
            const std::string date = iso_date(*expiry, year);
            must(date.size() == 10 && date[4] == '-' && date[7] == '-', "a date is a date");
            const int told = std::stoi(date.substr(0, 4));
            must(told <= year + 50 && told >= year - 49, "a date lies near this year");
        }
    elements->lot(), elements->count(), elements->serial();
}

void digits(std::string_view text) {
    std::string number;
    for (const char c : text.substr(0, 30))
        number += static_cast<char>('0' + static_cast<unsigned char>(c) % 10);
    if (number.empty()) return;
    number += check_digit(number);
    must(has_valid_check_digit(number), "a check digit agrees with its number");
    if (const auto gtin = to_gtin14(number)) must(is_gtin14(*gtin), "padding keeps the digit");
    must(is_sscc(number) == (number.size() == 18), "an SSCC has 18 digits");
    number.back() = static_cast<char>('0' + (number.back() - '0' + 1) % 10);
    must(!has_valid_check_digit(number) && !to_gtin14(number), "another digit does not");
}

void commands(std::string_view text) {
    const auto command = parse_command(text);
    if (!command) return;
    must(looks_like_command(text), "a command looks like one");
    std::string written = "*K*" + command->verb;
    for (const auto& arg : command->args) written += ":" + arg;
    must(parse_command(written) == command, "a command survives being written");
}

void senders(std::string_view line) {
    const auto sent = split_sender_id(line);
    if (!sent.id) return must(sent.code == line, "a line without id is all code");
    must(!sent.id->empty() && sent.id->size() <= 64, "an id is short");
    must("#" + std::string(*sent.id) + ";" + std::string(sent.code) == line, "nothing is lost");
    const auto aim = split_aim(sent.code);
    must(std::string(aim.symbology) + std::string(aim.rest) == sent.code, "nothing is lost");
    is_retail(aim.symbology);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    scanned(text);
    gs1(text);
    digits(text);
    commands(text);
    senders(text);
    return 0;
}
