#include <fmt/core.h>

#include "label/barcode.hpp"
#include "label/gs1_barcode.hpp"
#include "tools/kemasctl/commission.hpp"

namespace kemas::ctl {
namespace {

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
    return out;
}

constexpr double module_mm = 0.375;  // 3 dots of a 203 dpi printer

std::string bars(const std::vector<bool>& modules, double x, double y, double height) {
    std::string out;
    for (std::size_t i = 0; i < modules.size();) {
        std::size_t end = i;
        while (end < modules.size() && modules[end] == modules[i]) ++end;
        if (modules[i])
            out += fmt::format("<rect x=\"{:.3f}\" y=\"{}\" width=\"{:.3f}\" height=\"{}\"/>\n",
                               x + static_cast<double>(i) * module_mm, y,
                               static_cast<double>(end - i) * module_mm, height);
        i = end;
    }
    return out;
}

std::string words(double x, double y, double size, const std::string& text, bool bold = false) {
    return fmt::format(
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\" font-family=\"sans-serif\"{}>{}</text>\n", x, y,
        size, bold ? " font-weight=\"bold\"" : "", escaped(text));
}

}  // namespace

std::string raw_code(const object& last_code) {
    const auto* value = last_code.if_contains("text");
    return value && value->is_string() ? std::string(value->get_string()) : std::string{};
}

std::string heading_of(const CheckCode& code) {
    return std::string(1, code.letter) + "  " + code.name;
}

std::vector<std::string> scanner_set_up(const object& facts) {
    const auto& profile = part(facts, "about_profile");
    const auto protocol = text(profile, "protocol");
    std::vector<std::string> lines;
    if (protocol == "honeywell")
        lines = {"Host ACK switched on: it beeps only when Kemas has recorded the code.",
                 "CR as suffix of every code."};
    else if (protocol == "ssi")
        lines = {"SSI as host type, packets with decode data."};
    else if (protocol == "dataman")
        lines = {"Results as text lines that end with CR LF."};
    else if (protocol == "keyence_sr")
        lines = {"Frames that end with CR (no STX/ETX).",
                 "The no-read text as in the profile (ERROR)."};
    else if (protocol == "evdev")
        lines = {"Keyboard of the layout that the site file names (US when it names none).",
                 "Enter after every code."};
    else
        lines = {"One code a line: suffix CR, LF or both."};
    const auto gs = text(profile, "gs");
    lines.push_back("GS (FNC1 inside GS1 codes) sent as the byte 0x1D, not left out" +
                    (gs.empty() ? std::string(".") : "; it may come as " + gs + "."));
    const auto document = text(profile, "document");
    const auto codes = list(profile, "setup").size();
    if (codes)
        lines.push_back(
            fmt::format("{} set-up codes are on its own sheet, with these check codes.", codes));
    lines.push_back(document.empty() ? "Its set-up barcodes are in its own manual."
                                     : "Its set-up barcodes: " + document + ", revision " +
                                           text(profile, "revision") + ".");
    return lines;
}

Result<std::string> check_sheet(const std::vector<std::string>& notes) {
    double y = 20;
    std::string body = words(15, y, 7, "Kemas check codes", true);
    y += 8;
    body +=
        words(15, y, 4, "Print at 100 % (not \"fit to page\"), black on white. Scan when asked.");
    y += 10;
    for (const auto* code : {&plain_check(), &gs1_check()}) {
        const auto modules =
            code->bracketed.empty() ? label::code128(code->text) : label::gs1_128(code->bracketed);
        if (!modules) return fail(Remedy::stop, "the check code " + modules.error());
        body += words(15, y, 5, heading_of(*code), true);
        body += bars(*modules, 15, y + 4, 20);
        body += words(15, y + 29, 4, visible(code->text));
        y += 42;
    }
    body += words(15, y, 5, "How the scanners must be set", true);
    for (const auto& note : notes) body += words(15, y += 6, 3.5, note);
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"210mm\" height=\"297mm\" "
        "viewBox=\"0 0 210 297\">\n<rect width=\"210\" height=\"297\" fill=\"white\"/>\n{}</svg>\n",
        body);
}

}  // namespace kemas::ctl
