#include "core/channels.hpp"

#include <array>

namespace kemas {
namespace {

constexpr std::array<std::string_view, 9> calls{"parameters",  "arrange",     "number",
                                                "label",       "packed",      "ready_to_ship",
                                                "handed_over", "change_slot", "answer_cancel"};
constexpr std::size_t calls_of_events = 7;
constexpr std::array<std::string_view, kFloorEvents> events{
    "released", "picking", "picked", "packed", "printed", "staged", "handed_over"};

}  // namespace

std::string_view to_text(ChannelCall call) {
    return calls[static_cast<std::size_t>(call)];
}

std::optional<ChannelCall> channel_call(std::string_view word) {
    for (std::size_t i = 0; i < calls_of_events; ++i)
        if (calls[i] == word) return static_cast<ChannelCall>(i);
    return std::nullopt;
}

std::string_view to_text(FloorEvent event) {
    return events[static_cast<std::size_t>(event)];
}

std::string_view to_text(Progress progress) {
    constexpr std::array<std::string_view, 3> words{"none", "making", "ready"};
    return words[static_cast<std::size_t>(progress)];
}

std::map<FloorEvent, std::vector<ChannelCall>> usual_channel_events() {
    return {
        {FloorEvent::released,
         {ChannelCall::parameters, ChannelCall::arrange, ChannelCall::number, ChannelCall::label}},
        {FloorEvent::packed, {ChannelCall::packed}},
        {FloorEvent::staged, {ChannelCall::ready_to_ship}},
        {FloorEvent::handed_over, {ChannelCall::handed_over}}};
}

std::string channel_link(const ChannelPlans& plans, const OrderKey& key) {
    const auto of_shop = key.channel + "/" + key.shop;
    if (plans.contains(of_shop)) return of_shop;
    return plans.contains(key.channel) ? key.channel : std::string{};
}

}  // namespace kemas
