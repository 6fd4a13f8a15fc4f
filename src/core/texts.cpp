#include <array>

#include "core/decision.hpp"

namespace kemas {
namespace {

constexpr std::array<std::string_view, 14> order_states{
    "received", "on_hold",   "released",  "picking",      "picked",    "packing",     "packed",
    "shipped",  "delivered", "completed", "cancel_asked", "cancelled", "backordered", "returned"};

}  // namespace

std::string_view to_text(OrderState state) {
    return order_states[static_cast<std::size_t>(state)];
}

std::optional<OrderState> order_state(std::string_view text) {
    for (std::size_t i = 0; i < order_states.size(); ++i)
        if (order_states[i] == text) return static_cast<OrderState>(i);
    return std::nullopt;
}

bool is_open(OrderState state) {
    switch (state) {
        case OrderState::received:
        case OrderState::released:
        case OrderState::picking:
        case OrderState::picked:
        case OrderState::packing:
        case OrderState::packed:
            return true;
        default:
            return false;
    }
}

std::string_view to_text(EffectKind kind) {
    constexpr std::array<std::string_view, 16> names{
        "prepare_label",      "print_label",       "divert",
        "clear_jam",          "get_number",        "void_number",
        "print_sheet",        "read_parameters",   "arrange_package",
        "get_package_number", "get_package_label", "tell_packed",
        "tell_ready_to_ship", "tell_handed_over",  "change_slot",
        "answer_cancel"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view to_text(AskState state) {
    constexpr std::array<std::string_view, 7> names{"asked",   "given",  "refused", "doubtful",
                                                    "voiding", "voided", "kept"};
    return names[static_cast<std::size_t>(state)];
}

std::string_view to_text(EffectState state) {
    constexpr std::array<std::string_view, 7> names{"planned", "started",  "done", "failed",
                                                    "unknown", "resolved", "sent"};
    return names[static_cast<std::size_t>(state)];
}

std::string_view to_text(PageState state) {
    constexpr std::array<std::string_view, 7> names{
        "waiting", "ambiguous", "second", "unreadable", "bound", "voided", "discarded"};
    return names[static_cast<std::size_t>(state)];
}

bool is_unmatched(PageState state) {
    return state == PageState::waiting || state == PageState::ambiguous ||
           state == PageState::second || state == PageState::unreadable;
}

std::string_view to_text(FactKind kind) {
    constexpr std::array<std::string_view, 3> names{"order", "line", "parcel"};
    return names[static_cast<std::size_t>(kind)];
}

}  // namespace kemas
