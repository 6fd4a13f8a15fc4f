#include "drivers/printer/printer_language.hpp"

#include <charconv>

#include "drivers/printer/byte_status.hpp"
#include "drivers/printer/zpl_status.hpp"

namespace kemas::printer {
namespace {

PrinterSays of_zpl(ZplStatus status, Moment moment) {
    PrinterSays says;
    says.busy = status.formats_waiting > 0 || status.labels_remaining > 0 ||
                status.partial_format || status.buffer_full;
    // Behind our own job these two only mean that it is still being taken.
    if (moment == Moment::after_job) status.partial_format = status.buffer_full = false;
    says.obstacle = why_not_ready(status);
    if (says.busy) says.state = "printing";
    if (status.label_waiting) says.state = "take-label";
    return says;
}

}  // namespace

std::string question_of(Language language, Moment moment) {
    switch (language) {
        case Language::none:
            break;
        case Language::zpl:
            return "~HS\r\n";
        case Language::tspl:
            return "\x1b!?";
        case Language::epl2:
            return "^ee\r\n";  // the guides ask for a line end behind it
        case Language::escpos:
            if (moment == Moment::after_job) return "\x1dr\x01";
            return "\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04";
        case Language::cpcl:
            return "\x1bh";
    }
    return {};
}

bool is_whole_answer(Language language, Moment moment, std::string_view heard) {
    switch (language) {
        case Language::none:
            return false;
        case Language::zpl:
            return is_whole_host_status(heard);
        case Language::tspl:
        case Language::cpcl:
            return !heard.empty();
        case Language::epl2:
            return heard.find('\n') != std::string_view::npos;
        case Language::escpos:
            return heard.size() >= (moment == Moment::after_job ? 1U : 4U);
    }
    return false;
}

Result<PrinterSays> understand(Language language, Moment moment, std::string_view heard) {
    switch (language) {
        case Language::none:
            break;
        case Language::zpl: {
            const auto status = parse_host_status(heard);
            if (!status) return tl::unexpected(status.error());
            return of_zpl(*status, moment);
        }
        case Language::tspl:
            return understand_tspl(heard);
        case Language::epl2:
            return understand_epl2(heard);
        case Language::escpos:
            return moment == Moment::after_job ? understand_escpos_queued(heard)
                                               : understand_escpos(heard);
        case Language::cpcl:
            return understand_cpcl(heard);
    }
    return fail(Remedy::stop, "No printer language is set, so its words mean nothing.");
}

bool answers_in_turn(Language language) {
    return language == Language::escpos || language == Language::cpcl;
}

std::string counter_question() {
    return "! U1 getvar \"odometer.total_label_count\"\r\n";
}

std::optional<std::int64_t> counter_told(std::string_view heard) {
    const auto open = heard.find('"');
    if (open == std::string_view::npos) return std::nullopt;
    const auto close = heard.find('"', open + 1);
    if (close == std::string_view::npos) return std::nullopt;
    const auto digits = heard.substr(open + 1, close - open - 1);
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (error != std::errc() || end != digits.data() + digits.size() || count < 0)
        return std::nullopt;
    return count;
}

std::string_view name_of(Language language) {
    switch (language) {
        case Language::none:
            break;
        case Language::zpl:
            return "ZPL";
        case Language::tspl:
            return "TSPL";
        case Language::epl2:
            return "EPL2";
        case Language::escpos:
            return "ESC/POS";
        case Language::cpcl:
            return "CPCL";
    }
    return "none";
}

std::optional<NotReady> read_pins(int pins) {
    constexpr int paper_out = 0x20, selected = 0x10, no_error = 0x08;
    if (pins < 0) return std::nullopt;
    if (pins & paper_out)
        return NotReady{"paper-out", "The printer is out of labels: load a roll."};
    if (!(pins & selected))
        return NotReady{"offline", "The printer is off line: press its pause or on-line key."};
    if (!(pins & no_error))
        return NotReady{"error", "The printer reports an error: look at its lamps or display."};
    return std::nullopt;
}

}  // namespace kemas::printer
