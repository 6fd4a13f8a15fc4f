#include "drivers/printer/zpl_status.hpp"

#include <array>
#include <charconv>
#include <vector>

namespace kemas::printer {
namespace {

constexpr char stx = 0x02;
constexpr char etx = 0x03;

std::vector<std::string_view> lines_of(std::string_view answer) {
    std::vector<std::string_view> out;
    for (;;) {
        const auto from = answer.find(stx);
        const auto to = from == std::string_view::npos ? from : answer.find(etx, from);
        if (to == std::string_view::npos) return out;
        out.push_back(answer.substr(from + 1, to - from - 1));
        answer.remove_prefix(to + 1);
    }
}

// The numbers of a line, or none when one of them is not a number.
std::optional<std::vector<int>> numbers(std::string_view line) {
    std::vector<int> out;
    for (;;) {
        const auto comma = line.find(',');
        const std::string_view word = line.substr(0, comma);
        int value = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
        if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
        out.push_back(value);
        if (comma == std::string_view::npos) return out;
        line.remove_prefix(comma + 1);
    }
}

}  // namespace

bool is_whole_host_status(std::string_view answer) {
    return lines_of(answer).size() >= 3;
}

Result<ZplStatus> parse_host_status(std::string_view answer) {
    const auto strange = [](const std::string& what) {
        return fail(Remedy::call_person,
                    "The printer's answer to ~HS " + what +
                        ": set its language to ZPL II, or status to \"none\".");
    };
    const auto lines = lines_of(answer);
    if (lines.size() < 3)
        return strange("has " + std::to_string(lines.size()) + " lines instead of 3");
    const auto first = numbers(lines[0]), second = numbers(lines[1]);
    if (!first || first->size() < 12) return strange("has a first line that is not 12 numbers");
    if (!second || second->size() < 11) return strange("has a second line that is not 11 numbers");
    ZplStatus out;
    out.paper_out = (*first)[1] != 0;
    out.paused = (*first)[2] != 0;
    out.formats_waiting = (*first)[4];
    out.buffer_full = (*first)[5] != 0;
    out.partial_format = (*first)[7] != 0;
    out.memory_lost = (*first)[9] != 0;
    out.too_cold = (*first)[10] != 0;
    out.too_hot = (*first)[11] != 0;
    out.head_open = (*second)[2] != 0;
    out.ribbon_out = (*second)[3] != 0;
    out.label_waiting = (*second)[7] != 0;
    out.labels_remaining = (*second)[8];
    return out;
}

std::optional<NotReady> why_not_ready(const ZplStatus& status) {
    // An open head usually pauses the printer and hides its paper too: the cause comes first.
    if (status.head_open) return NotReady{"head-open", "The printer's head is open: close it."};
    if (status.paper_out)
        return NotReady{"paper-out", "The printer is out of labels: load a roll."};
    if (status.ribbon_out)
        return NotReady{"ribbon-out", "The printer's ribbon is used up: load one."};
    if (status.too_hot) return NotReady{"hot", "The printer's head is too hot: let it cool down."};
    if (status.too_cold) return NotReady{"cold", "The printer's head is too cold: let it warm up."};
    if (status.paused) return NotReady{"paused", "The printer is paused: press its pause key."};
    if (status.memory_lost)
        return NotReady{"memory", "The printer lost its memory: switch it off and on."};
    if (status.partial_format)
        return NotReady{"half-job", "The printer holds half of another job: cancel it there."};
    if (status.buffer_full)
        return NotReady{"full", "The printer's buffer is full: wait until it has printed."};
    return std::nullopt;
}

}  // namespace kemas::printer
