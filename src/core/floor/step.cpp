#include "core/floor/step.hpp"

#include "core/floor/flows.hpp"
#include "core/overload.hpp"
#include "core/rules/numbers.hpp"
#include "core/rules/packages.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
Decision step(const Station* station, const Recorded& recorded, const Books& books,
              const Policy& policy) {
    Turn turn(station, recorded, books, policy);
    const auto decide = Overload{
        [&](const CodeScanned& in) { on_scan(turn, in); },
        [&](const LoadSettled& in) { on_load_settled(turn, in); },
        [&](const LoadDisturbed& in) { on_load_disturbed(turn, in); },
        [&](const ScaleFailed& in) { on_scale_failed(turn, in); },
        [&](const OrderReceived& in) { on_order_received(turn, in); },
        [&](const OrdersImported& in) { on_orders_imported(turn, in); },
        [&](const CancelAsked& in) { on_cancel_asked(turn, in); },
        [&](const HoldAsked& in) { on_hold_asked(turn, in); },
        [&](const HoldReleased& in) { on_hold_released(turn, in); },
        [&](const SkusImported& in) { on_skus_imported(turn, in); },
        [&](const StockImported& in) { on_stock_imported(turn, in); },
        [&](const TrackingNumbersImported& in) { on_numbers_imported(turn, in); },
        [&](const TariffImported& in) { on_tariff_imported(turn, in); },
        [&](const LabelPrepared& in) { on_label_prepared(turn, in); },
        [&](const LabelRefused& in) { on_label_refused(turn, in); },
        [&](const EffectStarted& in) { on_effect_started(turn, in); },
        [&](const EffectEnded& in) { on_effect_ended(turn, in); },
        [&](const EffectResolved& in) { on_effect_resolved(turn, in); },
        [&](const ReprintAsked& in) { on_reprint_asked(turn, in); },
        [&](const Restarted& in) { on_restarted(turn, in); },
        [&](const SettingsTaken&) { turn.accept("settings_taken"); },
        [&](const DeviceChanged& in) { on_device_changed(turn, in); },
        [&](const LineParcelSeen& in) { on_line_parcel_seen(turn, in); },
        [&](const LineParcelRejected& in) { on_line_parcel_rejected(turn, in); },
        [&](const LineStarted& in) { on_line_started(turn, in); },
        [&](const LineLaneSwitched& in) { on_line_lane_switched(turn, in); },
        [&](const LineJamClearAsked& in) { on_line_jam_clear_asked(turn, in); },
        [&](const NumberAnswered& in) { on_number_answered(turn, in); },
        [&](const NumberRefused& in) { on_number_refused(turn, in); },
        [&](const NumberVoided& in) { on_number_voided(turn, in); },
        [&](const LabelFileArrived& in) { on_label_file_arrived(turn, in); },
        [&](const LabelPageArrived& in) { on_label_page_arrived(turn, in); },
        [&](const LabelFileRead& in) { on_label_file_read(turn, in); },
        [&](const LabelPageSettled& in) { on_label_page_settled(turn, in); },
        [&](const ShipmentRearranged& in) { on_shipment_rearranged(turn, in); },
        [&](const LabelRunAsked& in) { on_label_run_asked(turn, in); },
        [&](const LabelRunSettled& in) { on_label_run_settled(turn, in); },
        [&](const PrintCounted& in) { on_print_counted(turn, in); },
        [&](const SheetsAsked& in) { on_sheets_asked(turn, in); },
        [&](const PackageTold& in) { on_package_told(turn, in); },
        [&](const PackageParametersTold& in) { on_package_parameters_told(turn, in); },
        [&](const PackageLabelTold& in) { on_package_label_told(turn, in); },
        [&](const PackageRefused& in) { on_package_refused(turn, in); },
        [&](const SlotChangeAsked& in) { on_slot_change_asked(turn, in); },
        [&](const NumberChecked& in) { on_number_checked(turn, in); },
        [&](const ParcelTracked& in) { on_parcel_tracked(turn, in); },
        [&](const ListingsImported& in) { on_listings_imported(turn, in); },
    };
    std::visit(decide, recorded.input);
    return finish(std::move(turn));
}

}  // namespace kemas
