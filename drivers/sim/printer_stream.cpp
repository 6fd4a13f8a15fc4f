#include "drivers/sim/printer_stream.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

namespace kemas::sim {
namespace {

constexpr std::array<std::string_view, 5> names{"zpl", "tspl", "epl2", "escpos", "cpcl"};
constexpr std::string_view count_question = "! U1 getvar \"odometer.total_label_count\"";

// Bytes of a picture command: its head up to the raw rows, and the rows. None until both have come.
struct Picture {
    std::string_view verb, separators;  // one behind each number
    int wide, high;                     // which of the numbers
};
Picture picture_of(PrinterTongue tongue) {
    if (tongue == PrinterTongue::tspl) return {"BITMAP ", ",,,,,", 2, 3};
    if (tongue == PrinterTongue::epl2) return {"GW", ",,,,", 2, 3};
    return {"CG ", "    ", 0, 1};
}

enum class Progress { none, partly, whole };

Progress measure(std::string_view text, const Picture& picture, std::size_t& size) {
    const auto begun = text.substr(0, picture.verb.size());
    if (begun != picture.verb.substr(0, begun.size())) return Progress::none;
    if (begun.size() < picture.verb.size()) return Progress::partly;
    std::vector<std::size_t> numbers;
    std::size_t at = picture.verb.size();
    for (const char separator : picture.separators) {
        const auto end = text.find(separator, at);
        if (end == std::string_view::npos || end - at > 8)
            return text.size() - at > 8 ? Progress::none : Progress::partly;
        std::size_t value = 0;
        const auto [stop, error] = std::from_chars(text.data() + at, text.data() + end, value);
        if (error != std::errc{} || stop != text.data() + end) return Progress::none;
        numbers.push_back(value);
        at = end + 1;
    }
    size = at + numbers[static_cast<std::size_t>(picture.wide)] *
                    numbers[static_cast<std::size_t>(picture.high)];
    return text.size() >= size ? Progress::whole : Progress::partly;
}

}  // namespace

std::optional<PrinterTongue> tongue_named(std::string_view name) {
    const auto at = std::find(names.begin(), names.end(), name);
    if (at == names.end()) return std::nullopt;
    return static_cast<PrinterTongue>(at - names.begin());
}

std::string_view name_of(PrinterTongue tongue) {
    return names[static_cast<std::size_t>(tongue)];
}

std::string PrinterStream::take(std::size_t count) {
    std::string taken = waiting_.substr(0, count);
    waiting_.erase(0, count);
    return taken;
}

std::optional<PrinterHeard> PrinterStream::next() {
    switch (tongue_) {
        case PrinterTongue::zpl:
            return next_by_words();
        case PrinterTongue::escpos:
            return next_escpos();
        default:
            return next_by_lines();
    }
}

std::optional<PrinterHeard> PrinterStream::next_by_words() {
    const auto open = waiting_.find("^XA"), status = waiting_.find("~HS"),
               count = waiting_.find(count_question);
    const auto first = std::min({open, status, count});
    if (first == std::string::npos) {
        // The beginning of a word may be the end of what came.
        if (waiting_.size() > 64) waiting_.erase(0, waiting_.size() - 64);
        return std::nullopt;
    }
    waiting_.erase(0, first);
    if (first == status) {
        take(3);
        return PrinterQuestion{};
    }
    if (first == count) {
        take(count_question.size());
        return PrinterQuestion{PrinterQuestion::About::counter, 0, true};
    }
    const auto close = waiting_.find("^XZ");
    if (close == std::string::npos) {
        // ~HS is heard in the middle of a label too; no picture of ours holds a tilde.
        if (const auto inside = waiting_.find("~HS"); inside != std::string::npos) {
            waiting_.erase(inside, 3);
            return PrinterQuestion{};
        }
        return std::nullopt;
    }
    return WholeLabel{take(close + 3)};
}

std::optional<PrinterHeard> PrinterStream::next_by_lines() {
    for (;;) {
        if (waiting_.empty()) return std::nullopt;
        if (tongue_ != PrinterTongue::epl2 && waiting_[0] == '\x1b') {
            const std::string_view ask = tongue_ == PrinterTongue::tspl ? "\x1b!?" : "\x1bh";
            if (waiting_.size() < ask.size()) return std::nullopt;
            const bool asked = waiting_.compare(0, ask.size(), ask) == 0;
            take(asked ? ask.size() : 1);
            if (asked) return PrinterQuestion{{}, 0, tongue_ == PrinterTongue::cpcl};
            continue;
        }
        std::size_t size = 0;
        const auto progress = measure(waiting_, picture_of(tongue_), size);
        if (progress == Progress::partly) return std::nullopt;
        if (progress == Progress::whole) {
            label_ += take(size);
            continue;
        }
        const auto end = waiting_.find('\n');
        if (end == std::string::npos) return std::nullopt;
        const auto line = take(end + 1);
        const auto word = line.substr(0, line.find_last_not_of("\r\n") + 1);
        if (tongue_ == PrinterTongue::epl2 && word == "^ee") return PrinterQuestion{};
        if (word == count_question)
            return PrinterQuestion{PrinterQuestion::About::counter, 0, true};
        // A blank line in front of a label is its own; between labels it is nobody's.
        label_ += line;
        const bool over = tongue_ == PrinterTongue::tspl   ? word.starts_with("PRINT ")
                          : tongue_ == PrinterTongue::epl2 ? word == "P1"
                                                           : word == "PRINT";
        if (over) return WholeLabel{std::exchange(label_, {})};
    }
}

std::optional<PrinterHeard> PrinterStream::next_escpos() {
    for (;;) {
        if (waiting_.empty()) return std::nullopt;
        const std::string_view text = waiting_;
        if (text[0] == '\x10') {
            if (text.size() < 3) return std::nullopt;
            const auto asked = take(3);
            if (asked[1] == '\x04')
                return PrinterQuestion{PrinterQuestion::About::status, asked[2], false};
            continue;
        }
        if (text.starts_with("\x1dr")) {
            if (text.size() < 3) return std::nullopt;
            if (!label_.empty()) return WholeLabel{std::exchange(label_, {})};
            take(3);
            return PrinterQuestion{{}, 0, true};
        }
        if (text[0] == '\x1d' && text.size() < 8) return std::nullopt;
        if (text.starts_with("\x1dv0")) {
            const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
            const std::size_t size =
                8 + std::size_t{byte(4) + 256U * byte(5)} * (byte(6) + 256U * byte(7));
            if (text.size() < size) return std::nullopt;
            label_ += take(size);
            continue;
        }
        if (text.starts_with("\x1b@")) {
            label_ = take(2);
            continue;
        }
        if (text[0] == '\x1b' && text.size() < 2) return std::nullopt;
        take(1);
    }
}

std::optional<WholeLabel> PrinterStream::at_end() {
    const bool whole = tongue_ == PrinterTongue::escpos && label_.size() > 2 && waiting_.empty();
    auto label = std::exchange(label_, {});
    waiting_.clear();
    if (!whole) return std::nullopt;
    return WholeLabel{std::move(label)};
}

bool PrinterStream::in_a_label() const {
    if (tongue_ == PrinterTongue::zpl) return waiting_.starts_with("^XA");
    return label_.find_first_not_of("\r\n") != std::string::npos;
}

}  // namespace kemas::sim
