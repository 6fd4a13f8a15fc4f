#include "drivers/profile/printer_status.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace kemas::profile {
namespace {

constexpr std::array<std::string_view, 17> kStates{
    "paper_out", "paper_low",           "paper_jam", "ribbon_out",
    "head_open", "cover_open",          "paused",    "busy",
    "printing",  "temperature",         "cutter",    "battery_low",
    "error",     "waiting_to_be_taken", "resetting", "offline",
    "feeding"};

}  // namespace

bool is_printer_state(std::string_view name) {
    return std::find(kStates.begin(), kStates.end(), name) != kStates.end();
}

std::string printer_state_names() {
    std::string result;
    for (const std::string_view name : kStates)
        result += (result.empty() ? "" : ", ") + std::string(name);
    return result;
}

std::optional<std::vector<std::string>> printer_states(const StatusQuery& query,
                                                       std::string_view reply) {
    if (query.reply != StatusQuery::Reply::bytes ||
        static_cast<int>(reply.size()) != query.reply_bytes)
        return std::nullopt;
    std::vector<std::string> result;
    for (const PrinterState& state : query.states) {
        const auto byte = static_cast<std::uint8_t>(reply[static_cast<std::size_t>(state.byte)]);
        if ((byte & state.mask) == state.equals) result.push_back(state.name);
    }
    return result;
}

}  // namespace kemas::profile
