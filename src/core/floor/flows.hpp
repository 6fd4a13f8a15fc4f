// The dialogs of the floor, one function an occasion. Each guards first, then decides.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/barcode/command.hpp"
#include "core/barcode/scan.hpp"
#include "core/floor/turn.hpp"

namespace kemas {

// scan.cpp: reads the code, finds what it means here and now, hands it on
void on_scan(Turn& turn, const CodeScanned& in);
// command.cpp: `*K*verb:arg`
void on_command(Turn& turn, const barcode::Command& command);
// open.cpp: an order, tote or label becomes the station's job
void open_order(Turn& turn, OrderId id);
void open_tote(Turn& turn, const std::string& tote);
// Refuses when the station's order was stopped meanwhile; true = refused, the station is free.
bool refuse_if_stopped(Turn& turn);
void leave_job(Turn& turn);
// items.cpp
void on_location(Turn& turn, const std::string& location);
void on_item(Turn& turn, const std::string& sku, std::int64_t quantity, Marks marks);
void undo_last_pick(Turn& turn);
// short_pick.cpp
void short_pick(Turn& turn, const std::string& reason);
// close.cpp: contents complete -> weigh
void close_contents(Turn& turn);
// This box is full, the rest of the order goes into another.
void close_box(Turn& turn);
void reopen_contents(Turn& turn);
void use_carton(Turn& turn, const std::string& code);
// weigh.cpp
void on_load_settled(Turn& turn, const LoadSettled& in);
void on_load_disturbed(Turn& turn, const LoadDisturbed& in);
void on_scale_failed(Turn& turn, const ScaleFailed& in);
void wait_for_weight(Turn& turn, Parcel parcel);
void accept_weight(Turn& turn, Parcel parcel, Milligrams gross, const std::string& source,
                   const std::string& by, const std::string& reason);
void type_weight(Turn& turn, std::int64_t weight_g, const std::string& reason,
                 const std::string& by);
void override_verdict(Turn& turn, const std::string& reason, const std::string& by);
// ship.cpp: price, number, label
void ask_for_label(Turn& turn, Parcel parcel);
// The number has come: its label can be drawn.
void go_on_with_number(Turn& turn, Parcel parcel);
void on_label_prepared(Turn& turn, const LabelPrepared& in);
void on_label_refused(Turn& turn, const LabelRefused& in);
void reprint(Turn& turn, Parcel parcel, const std::string& reason, const std::string& by);
// The station's own parcel.
void reprint_here(Turn& turn, const std::string& reason, const std::string& by);
void on_reprint_asked(Turn& turn, const ReprintAsked& in);
// owed.cpp: the number of the station's parcel when its label was asked for and nobody has seen it
// on paper; empty = none is owed
std::string label_owed(const Turn& turn);
Policy::Print print_policy(const Turn& turn);
// stage.cpp: the label is scanned back, the parcel leaves the bench, then the building
void on_label_scanned(Turn& turn, const Parcel& parcel);
// dock.cpp: the parcel leaves the building, on its courier's manifest
void ship(Turn& turn, const Order& order);
void on_dock_scan(Turn& turn, const Parcel& parcel);
void close_manifest(Turn& turn, const std::string& courier);
// returns.cpp: what came back is looked through, unit by unit
void open_return(Turn& turn, const Parcel& parcel);
void on_returned_item(Turn& turn, const std::string& sku, std::int64_t quantity,
                      const Marks& marks);
void on_returned_command(Turn& turn, const barcode::Command& command);
// stop.cpp: cancelled and held orders; cancel and hold from the floor
bool is_stopped(OrderState state);
void refuse_stopped(Turn& turn, const Order& order);  // says who, when, and where the goods go
void cancel_here(Turn& turn, const std::string& reason);
void hold_here(Turn& turn, const std::string& reason);

// marks.cpp: lot, expiry and serial of the units in hand
Marks marks_in(const Turn& turn, const barcode::Scan& scan);
// Refuses units that must not leave, or of which too little is known; true = refused. `quantity`
// units come off the shelf.
bool refuse_marks(Turn& turn, const Sku& sku, std::int64_t quantity, const Marks& marks);
void use_lot(Turn& turn, const std::string& lot);

// job.cpp: what the station works on
struct JobLine {
    Order order;
    Line line;
};
std::vector<JobLine> job_lines(const Turn& turn);
// Units still to do at this station: to pick at a pick station, to pack at a bench.
std::int64_t left_to_do(const Turn& turn, const Line& line);
std::string next_step(const Turn& turn, const std::vector<JobLine>& lines);
std::string name_of(const Turn& turn, const std::string& sku);
std::string number_of(const Order& order);    // "shopee SP-1": how a person names it
std::string number_of(const Parcel& parcel);  // its tracking number, else its own

}  // namespace kemas
