// Every answer there is, and the slots its sentence may use. Knows no language. The one list: the
// core's sources, the catalogues and the pages are held against it.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace kemas {

struct MessageShape {
    std::string_view code;
    std::string_view slots;  // names with a space between; empty = none

    constexpr bool has_slot(std::string_view slot) const {
        for (std::size_t at = 0; at < slots.size();) {
            const auto space = slots.find(' ', at);
            const auto end = space == std::string_view::npos ? slots.size() : space;
            if (slots.substr(at, end - at) == slot) return true;
            at = end + 1;
        }
        return false;
    }
};

inline constexpr std::array all_message_shapes = std::to_array<MessageShape>({
    // station
    {"badge_first", ""},
    {"signed_in", "name"},
    {"signed_in_open", "name"},
    {"already_signed_in", "name"},
    {"signed_out", ""},
    {"supervisor_needed", ""},
    {"not_supervisor", "name"},
    // codes and commands
    {"unknown_code", "code next"},
    {"unknown_code_idle", "code"},
    {"bad_code", "code why"},
    {"ambiguous", "code choices"},
    {"double_scan", "code"},
    {"unknown_command", "verb known"},
    {"reason_needed", "verb"},
    {"never_mind", "next"},
    {"bad_quantity", "text"},
    {"quantity_needs_item", ""},
    {"quantity_counted", "done"},
    // opening a job
    {"open_first", ""},
    {"order_open", "order next"},
    {"already_open", "order next"},
    {"finish_first", "order scanned"},
    {"open_elsewhere", "order station"},
    {"left", "order"},
    {"scan_label_here", ""},
    {"order_on_hold", "order by at reason rack"},
    {"order_cancelled", "order by at reason rack"},
    {"order_backordered", "order reason"},
    {"order_finished", "order state"},
    {"already_picked", "order"},
    {"tote_empty", "tote"},
    {"tote_taken", "tote order"},
    {"tote_bound", "tote next"},
    // picking and packing
    {"location_first", "location item"},
    {"location_ok", "location item left"},
    {"wrong_location", "scanned wanted item"},
    {"item_ok", "item left next"},
    {"wrong_item", "scanned next"},
    {"already_done", "item next"},
    {"take_out", "items rack"},
    {"too_many", "item left pack"},
    {"undone", "item quantity left"},
    {"nothing_to_undo", ""},
    {"short_reason", "known"},
    {"nothing_short", ""},
    {"short_other_place", "item location left"},
    {"short_hold", "order reason rack"},
    {"short_ok", "item missing next"},
    {"all_short", "order"},
    {"picked", "order"},
    {"not_complete", "missing"},
    {"nothing_to_close", ""},
    {"nothing_to_open", ""},
    {"opened", "next"},
    {"carton_needed", ""},
    {"carton_ok", "carton next"},
    {"unknown_carton", "carton"},
    // lot, expiry, serial
    {"lot_needed", "item lots"},
    {"wrong_lot", "item lot lots"},
    {"bad_lot", ""},
    {"lot_ok", "lot next"},
    {"expiry_needed", "item"},
    {"expired", "item expiry"},
    {"serial_needed", "item"},
    {"serial_one_by_one", "item"},
    {"serial_twice", "item serial order"},
    // weighing
    {"lift_parcel", ""},
    {"weigh_no_scale", "why"},
    {"weigh_now", ""},
    {"weigh_first", ""},
    {"too_light", "difference expected measured cause"},
    {"too_heavy", "difference expected measured cause"},
    {"scale_fault", "why"},
    {"nothing_to_weigh", ""},
    {"weigh_before_override", ""},
    {"bad_weight", "text"},
    // label
    {"label_coming", "tracking weight"},
    {"label_printing", "tracking"},
    {"label_printed", "tracking"},
    {"scan_label_now", "tracking"},
    {"parcel_hold", "parcel reason rack"},
    {"parcel_void", "tracking"},
    {"unknown_parcel", "parcel"},
    {"no_printer", "station"},
    {"nothing_to_reprint", ""},
    {"still_printing", "printer"},
    {"reprinting", "tracking count"},
    {"print_unknown", "printer tracking detail"},
    // staging and dock
    {"staged", "tracking courier"},
    {"staged_more", "tracking courier"},
    {"already_staged", "tracking"},
    {"not_staged", "tracking"},
    {"handed_over", "tracking courier count"},
    {"already_handed_over", "tracking"},
    {"only_at_dock", ""},
    {"manifest_closed", "courier manifest parcels"},
    {"no_manifest", "courier open"},
    // returns
    {"return_open", "tracking next"},
    {"return_first", ""},
    {"return_finish_first", "tracking"},
    {"already_returned", "tracking"},
    {"never_left", "tracking"},
    {"return_item_ok", "item left rack"},
    {"return_wrong_item", "scanned next"},
    {"return_wrong_serial", "item serial"},
    {"return_damaged", "item rack next"},
    {"return_item_first", ""},
    {"return_closed", "tracking"},
    {"return_closed_short", "tracking missing"},
    // cancel and hold from the floor
    {"cancel_confirm", "order"},
    {"cancelled_here", "order rack"},
    {"channel_cancels", "order"},
    {"label_made", "order"},
    {"held_here", "order rack"},
    // orders from upstream and the office
    {"order_received", "order id"},
    {"order_edited", "order id"},
    {"order_known", "order id"},
    {"order_conflict", "order difference state"},
    {"number_taken", "number order"},
    {"unknown_order", "order"},
    {"cancelled", "order"},
    {"cancel_asked", "order"},
    {"already_cancelled", "order"},
    {"too_late_to_cancel", "order state"},
    {"held", "order"},
    {"too_late_to_hold", "order state"},
    {"released", "order"},
    {"not_on_hold", "order"},
    {"still_unknown_sku", "order sku"},
    {"still_missing", "order missing"},
    // imports
    {"imported", "rows file"},
    {"stock_unknown_sku", "sku location"},
    {"stock_needs_lot", "sku location"},
    {"number_known", "number"},
    {"number_wrong", "why"},
    // numbers bought of couriers
    {"number_coming", "courier"},
    {"number_ready", "tracking order"},
    {"number_voiding", "tracking"},
    {"number_doubt", "courier reference why"},
    {"number_not_there", "courier"},
    {"number_never_made", "courier"},
    {"number_ask_again", "courier"},
    {"number_unknown", "courier detail"},
    {"number_refused", "courier why"},
    {"number_void", "tracking"},
    {"number_kept", "tracking courier why"},
    {"number_needed", "effect"},
    {"number_unfit", "why"},
    // packages of channels
    {"channel_label_coming", "channel why"},
    {"package_done", "package call"},
    {"package_not_yet", "package call"},
    {"package_ask_again", "package call"},
    {"package_unwanted", "package call"},
    {"package_unknown", "package detail"},
    {"package_doubt", "package call why"},
    {"package_refused", "package call why"},
    {"package_anew", "package"},
    {"package_known", "package"},
    {"package_foreign", "package"},
    {"package_none", "parcel"},
    {"channel_cancel_accepted", "order why"},
    {"channel_cancel_refused", "order why"},
    {"channel_no_split", "order"},
    {"slot_unknown", "slot offered"},
    {"slot_fixed", "package slot"},
    {"slot_changing", "package slot"},
    {"slot_kept", "package slot"},
    {"slot_asked", "package slot"},
    {"label_void", "tracking why"},
    {"box_empty", ""},
    // acts
    {"effect_started", ""},
    {"effect_over", ""},
    {"effect_unwanted", "why"},
    {"unknown_effect", "effect"},
    {"effect_not_unknown", "effect state"},
    {"resolved_done", "effect"},
    {"resolved_failed", "effect"},
    {"restarted", ""},
    {"device_changed", "device state"},
    // the line
    {"line_unknown", "line"},
    {"line_lane", "line number tracking lane effect"},
    {"line_unknown_code", "line number codes"},
    {"line_two_parcels", "line number codes"},
    {"line_stopped", "line tracking order state"},
    {"line_void", "line tracking"},
    {"line_not_ready", "line tracking missing"},
    {"line_handed_over", "line tracking"},
    {"line_in_a_lane", "line tracking lane"},
    {"line_no_lane", "line tracking courier service why"},
    {"line_rejected", "line number tracking reason"},
    {"line_no_read", "line number"},
    {"line_two_results", "line number why"},
    {"line_not_weighed", "line number tracking why"},
    {"line_no_answer", "line number tracking"},
    {"line_refused", "line number tracking why"},
    {"line_foreign", "line number"},
    {"line_lost", "line number tracking why"},
    {"line_doubtful", "line number tracking"},
    {"line_no_divert", "line number tracking why"},
    {"line_jammed", "line number tracking"},
    {"line_started", "line number"},
    {"line_no_such_lane", "line lane"},
    {"line_lane_opened", "line lane by"},
    {"line_lane_shut", "line lane by"},
    {"line_lane_doubted", "line lane"},
    {"line_no_jam", "line"},
    {"line_clearing", "line"},
    {"line_clearing_already", "line"},
    {"line_jam_cleared", "line"},
    {"line_jam_stays", "line detail"},
    {"line_jam_unknown", "line detail"},
    {"line_in_lane", "tracking lane"},
    {"line_not_in_lane", "tracking lane detail"},
    {"line_nobody_knows", "tracking lane detail"},
    {"divert_unwanted", "why"},
    {"settings_taken", ""},
    {"internal", "what"},
});

constexpr std::span<const MessageShape> message_shapes() {
    return all_message_shapes;
}

constexpr const MessageShape* message_shape(std::string_view code) {
    for (const auto& shape : all_message_shapes)
        if (shape.code == code) return &shape;
    return nullptr;
}

}  // namespace kemas
