#include "drivers/printer/byte_status.hpp"

#include <vector>

namespace kemas::printer {
namespace {

NotReady head_open() {
    return {"head-open", "The printer's head or cover is open: close it."};
}
NotReady paper_out() {
    return {"paper-out", "The printer is out of labels: load a roll."};
}
NotReady ribbon_out() {
    return {"ribbon-out", "The printer's ribbon is used up: load one."};
}
NotReady jam() {
    return {"jam", "Labels are jammed in the printer: open it and clear them."};
}
NotReady paused() {
    return {"paused", "The printer is paused: press its pause key."};
}
NotReady hot() {
    return {"hot", "The printer's head is too hot: let it cool down."};
}
NotReady cutter() {
    return {"cutter", "The printer's cutter is stuck: clear it."};
}

PrinterSays hindered(NotReady obstacle) {
    PrinterSays says;
    says.state = obstacle.state;
    says.obstacle = std::move(obstacle);
    return says;
}

PrinterSays busy() {
    PrinterSays says;
    says.busy = true;
    says.state = "printing";
    return says;
}

unsigned byte_at(std::string_view heard, std::size_t i) {
    return static_cast<unsigned char>(heard[i]);
}

tl::unexpected<Fault> strange(std::string_view language, const std::string& what) {
    return fail(Remedy::call_person, "The printer's status answer " + what + " is not " +
                                         std::string(language) +
                                         ": set the language the printer speaks.");
}

std::string hex(unsigned value) {
    constexpr char digits[] = "0123456789ABCDEF";
    return {'0', 'x', digits[value >> 4 & 15], digits[value & 15]};
}

}  // namespace

std::optional<Fault> not_of(Language language, std::string_view heard) {
    for (std::size_t i = 0; i < heard.size(); ++i) {
        const unsigned bits = byte_at(heard, i);
        const bool strange_byte = (language == Language::escpos && (bits & 0x93) != 0x12) ||
                                  (language == Language::cpcl && (bits & 0xE0) != 0);
        if (strange_byte) return strange(name_of(language), hex(bits)).value();
    }
    return std::nullopt;
}

Result<PrinterSays> understand_tspl(std::string_view heard) {
    // The newest byte: an older one may be the late answer to an earlier question.
    const unsigned bits = byte_at(heard, heard.size() - 1);
    if (bits & 0x01 || bits & 0x40) return hindered(head_open());
    if (bits & 0x04) return hindered(paper_out());
    if (bits & 0x02) return hindered(jam());
    if (bits & 0x08) return hindered(ribbon_out());
    if (bits & 0x80)
        return hindered({"temperature", "The printer is too hot or too cold: let it settle."});
    if (bits & 0x10) return hindered(paused());
    if (bits & 0x20) return busy();
    return PrinterSays{};
}

Result<PrinterSays> understand_cpcl(std::string_view heard) {
    const unsigned bits = byte_at(heard, heard.size() - 1);
    if (const auto fault = not_of(Language::cpcl, heard.substr(heard.size() - 1)))
        return tl::unexpected(*fault);
    if (bits & 0x04) return hindered(head_open());
    if (bits & 0x02) return hindered(paper_out());
    PrinterSays says = bits & 0x01 ? busy() : PrinterSays{};
    if (bits & 0x08 && !says.busy) says.state = "battery-low";
    return says;
}

Result<PrinterSays> understand_epl2(std::string_view heard) {
    const std::string_view line = heard.substr(0, heard.find_first_of("\r\n"));
    std::vector<std::string_view> codes;
    for (std::string_view rest = line; !rest.empty();) {
        const auto comma = rest.find(',');
        const std::string_view code = rest.substr(0, comma);
        const auto digit = [](char c) { return c >= '0' && c <= '9'; };
        if (code.size() != 2 || !digit(code[0]) || !digit(code[1]))
            return strange("EPL2", "to ^ee");
        codes.push_back(code);
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    }
    if (codes.empty()) return strange("EPL2", "to ^ee");
    const auto told = [&](std::string_view code) {
        for (const auto each : codes)
            if (each == code) return true;
        return false;
    };
    if (told("11")) return hindered(head_open());
    if (told("07")) return hindered(paper_out());
    if (told("62")) return hindered(hot());
    if (told("81")) return hindered(cutter());
    if (told("92")) return hindered(paused());
    for (const auto code : codes)
        if (code != "00")
            return hindered({"error", "The printer reports error " + std::string(code) +
                                          " (its EPL manual names it): press its feed key, or "
                                          "switch it off and on."});
    return PrinterSays{};
}

Result<PrinterSays> understand_escpos(std::string_view heard) {
    if (const auto fault = not_of(Language::escpos, heard.substr(0, 4)))
        return tl::unexpected(*fault);
    const unsigned printer = byte_at(heard, 0), offline = byte_at(heard, 1);
    const unsigned error = byte_at(heard, 2), paper = byte_at(heard, 3);
    if (offline & 0x04) return hindered(head_open());
    if (offline & 0x20 || paper & 0x60) return hindered(paper_out());
    if (error & 0x08) return hindered(cutter());
    if (error & 0x20)
        return hindered(
            {"error", "The printer has failed: switch it off and on, then call service."});
    if (error & 0x40) return hindered(hot());
    if (offline & 0x40)
        return hindered({"error", "The printer reports an error: look at its lamps."});
    if (offline & 0x08)
        return hindered({"feeding", "Somebody holds the printer's feed key: let it go."});
    if (printer & 0x08) return hindered({"offline", "The printer is off line: look at its lamps."});
    PrinterSays says;
    if (paper & 0x0C) says.state = "paper-low";
    return says;
}

Result<PrinterSays> understand_escpos_queued(std::string_view heard) {
    const unsigned bits = byte_at(heard, heard.size() - 1);
    if (bits & 0x90) return strange("ESC/POS", hex(bits));
    PrinterSays says;
    if (bits & 0x0C) says.state = "paper-low";
    return says;
}

}  // namespace kemas::printer
