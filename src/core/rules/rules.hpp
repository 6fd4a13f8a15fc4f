// What is allowed and what changes, apart from any dialog: orders, stock, effects, master data.
#pragma once

#include <string>

#include "core/floor/turn.hpp"

namespace kemas {

// receive.cpp
void on_order_received(Turn& turn, const OrderReceived& in);
void on_orders_imported(Turn& turn, const OrdersImported& in);
// difference.cpp: "line 2: quantity 3, was 1"; empty = same
std::string difference(const Turn& turn, const Order& have, const SealedOrder& wanted);
// allocate.cpp: reserves stock for every line; what is missing, or empty when all is there
std::string allocate(Turn& turn, OrderId id, const std::vector<Line>& lines);
// Places whose goods may still be sent: none that have expired.
std::vector<StockPlace> good_places(const Turn& turn, const std::string& sku);
void release_reservations(Turn& turn, OrderId id, const std::vector<Line>& lines);
// order_state.cpp
void set_state(Turn& turn, const Order& order, OrderState to, const std::string& by,
               const std::string& reason);
Fact line_fact(const Order& order, const Line& line, const std::string& status,
               const std::string& by);
Fact parcel_fact(const Order& order, const Parcel& parcel, const std::string& status,
                 const std::string& by);
// One fact for each order travelling in the parcel.
void tell_parcel(Turn& turn, const Parcel& parcel, const std::string& status,
                 const std::string& by);
// What the parcel holds, this very turn's packing included.
std::vector<ParcelItem> items_now(const Turn& turn, ParcelId id);
std::vector<Order> orders_in(const Turn& turn, const Parcel& parcel);
// stop.cpp
void on_cancel_asked(Turn& turn, const CancelAsked& in);
void on_hold_asked(Turn& turn, const HoldAsked& in);
void on_hold_released(Turn& turn, const HoldReleased& in);
// Stops an order before its label: goods go to the cancel rack, reservations back.
void cancel_order(Turn& turn, const Order& order, const std::string& by, const std::string& reason);
bool has_label(const Turn& turn, OrderId id);
// imports.cpp
void on_skus_imported(Turn& turn, const SkusImported& in);
void on_stock_imported(Turn& turn, const StockImported& in);
void on_numbers_imported(Turn& turn, const TrackingNumbersImported& in);
void on_tariff_imported(Turn& turn, const TariffImported& in);
void on_listings_imported(Turn& turn, const ListingsImported& in);
// effects.cpp
void on_effect_started(Turn& turn, const EffectStarted& in);
void on_effect_ended(Turn& turn, const EffectEnded& in);
void on_effect_resolved(Turn& turn, const EffectResolved& in);
void on_print_counted(Turn& turn, const PrintCounted& in);
void on_sheets_asked(Turn& turn, const SheetsAsked& in);
void on_restarted(Turn& turn, const Restarted& in);
// line.cpp
void on_line_parcel_seen(Turn& turn, const LineParcelSeen& in);
void on_line_parcel_rejected(Turn& turn, const LineParcelRejected& in);
// How a divert ended, for the books and the world.
void on_divert_ended(Turn& turn, const EffectRow& effect, EffectState state,
                     const std::string& detail);
// line_people.cpp
void on_line_started(Turn& turn, const LineStarted& in);
void on_line_lane_switched(Turn& turn, const LineLaneSwitched& in);
void on_line_jam_clear_asked(Turn& turn, const LineJamClearAsked& in);
void on_jam_clear_ended(Turn& turn, const EffectRow& effect, EffectState state,
                        const std::string& detail);
// A number that a line has used; the books stay well ahead of it.
void note_line_number(Turn& turn, const std::string& line, std::int64_t number);
// label_files.cpp, label_pages.cpp: labels that come as files
void on_label_file_arrived(Turn& turn, const LabelFileArrived& in);
void on_label_page_arrived(Turn& turn, const LabelPageArrived& in);
void on_label_file_read(Turn& turn, const LabelFileRead& in);
void on_label_page_settled(Turn& turn, const LabelPageSettled& in);
// A page that came before its order: bound when exactly one waits for the parcel's numbers.
void bind_waiting_page(Turn& turn, const Order& order, Parcel parcel);
// void_label.cpp: the paper made before must not leave; its codes say so when scanned
void on_shipment_rearranged(Turn& turn, const ShipmentRearranged& in);
void void_label(Turn& turn, Parcel& parcel, const std::string& reason, const std::string& by);
// label_runs.cpp: many labels in one go
void on_label_run_asked(Turn& turn, const LabelRunAsked& in);
void on_label_run_settled(Turn& turn, const LabelRunSettled& in);
// A print of a run that nobody can vouch for stops the run until a person is asked.
void break_run(Turn& turn, const EffectRow& effect, const std::string& why);
// Its run broke and waits for its answer: until then nothing of it is printed.
bool waits_for_its_run(const Turn& turn, ParcelId id);
// At a station: the question, and a label scanned in answer to it; true = it was one.
void ask_last_label(Turn& turn, const std::string& arg);
bool answer_last_label(Turn& turn, ParcelId id);
// devices.cpp
void on_device_changed(Turn& turn, const DeviceChanged& in);

}  // namespace kemas
