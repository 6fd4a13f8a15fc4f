// What the core may read. Small on purpose: SQLite answers it in production and in tests, later
// inputs of a turn see the changes of earlier ones.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/input.hpp"
#include "core/marks.hpp"
#include "core/quantities.hpp"
#include "core/rating/rate_book.hpp"
#include "core/rating/reliability.hpp"

namespace kemas {

enum class OrderState {
    received,
    on_hold,
    released,
    picking,
    picked,
    packing,
    packed,
    shipped,
    delivered,
    completed,
    cancel_asked,
    cancelled,
    backordered,
    returned,
};
std::string_view to_text(OrderState state);
std::optional<OrderState> order_state(std::string_view text);
// Still ours to work on: neither gone, nor finished, nor stopped.
bool is_open(OrderState state);

enum class Arranger { us, channel };

struct Order {
    OrderId id;
    OrderKey key;
    std::string owner;
    std::string combine_group;
    OrderState state = OrderState::received;
    Instant state_at;
    std::string state_by, reason;  // who put it there and why; for holds and cancellations
    std::optional<Money> cod;
    Money value;
    std::string area_code, postal_code;
    std::string courier, service;  // wanted; empty = the site's rule
    std::string note;
    Instant ship_by, received_at;
    Arranger arranged = Arranger::us;
    std::string package_number;
    std::string content_hash;  // of the draft, for idempotence
    std::string person;        // hash of the personal data's row
};

struct Line {
    int no = 0;  // from 1
    std::string sku;
    std::int64_t ordered = 0, picked = 0, packed = 0, short_ = 0;  // units
    std::int64_t wanted() const { return ordered - short_; }
};

// A promise of stock to a line: with the order's state, the pick task.
struct Reservation {
    std::string location, lot;
    std::int64_t quantity = 0;
};

struct StockPlace {
    std::string location, lot;  // lot: empty = not kept by lot
    std::string expiry;         // of the lot; empty = not known
    std::int64_t quantity = 0, reserved = 0, pick_order = 0;
    std::int64_t free() const { return quantity - reserved; }
};

struct Sku {
    std::string sku, name;
    Milligrams weight, spread;  // 0 = not known
    Size size;
    bool fragile = false, upright = false, dangerous = false;
    TrackedBy tracked;
    bool keep_flat = false;  // lies on its largest face
    std::string goods{};     // a class such as "food"; the site says what it may not travel with
};

enum class CartonKind { box, mailer, bag };

struct Carton {
    std::string code, name;
    Size outer;  // of a box as closed; of a mailer or bag as filled to the brim
    Milligrams tare, tare_spread;
    CartonKind kind = CartonKind::box;
    // Of a mailer or bag its flat length and width and the greatest usable thickness. 0 = not told:
    // it is never suggested.
    Size inner{};
    Milligrams max_gross{};  // with the tare; 0 = none
    Money cost{};
};

struct Operator {
    std::string id, name;
    bool supervisor = false;
};

// A parcel's facts are independent, each with its own time (0 = not yet); what must be there
// before which scan is policy.
struct Parcel {
    ParcelId id;
    OrderId order;  // the one it was opened for; its items say which orders travel in it
    int no = 1;     // of that order's parcels
    std::string station, carton;
    Arranger arranged = Arranger::us;
    std::string courier, service, tracking_number;
    Milligrams gross, expected, tolerance;
    std::string weight_source;  // "scale NAME", "typed by ID", "override by ID"
    std::optional<Money> cost;
    std::string quote;                    // how the cost came about, one line a step
    std::string tariff;                   // the version it came from
    std::optional<rating::Day> promised;  // no later than that day at the recipient
    int revision = 0;                     // of its label; 1 = first drawn
    int reprints = 0;
    std::string label;    // hash of the bytes of the newest revision
    std::string hold;     // why it cannot go on; empty = it can
    ManifestId manifest;  // on which the courier took it; 0 = not yet
    Instant closed_at, weighed_at, labelled_at, printed_at, staged_at, handed_over_at, voided_at;
    Instant returned_at;  // it came back and was looked through
};

struct ParcelItem {
    OrderId order;
    int line_no = 0;
    std::string sku;
    std::int64_t quantity = 0;
};

// What one courier took away in one go: parcels join as they are handed over, until the clerk
// closes the list.
struct Manifest {
    ManifestId id;
    std::string courier, station;
    Instant opened_at, closed_at;  // closed_at: 0 = still open
    std::string closed_by;
    std::int64_t parcels = 0;
};

// A parcel that came back, while it is looked through and after.
struct Return {
    ReturnId id;
    ParcelId parcel;
    OrderId order;
    std::string station;
    Instant opened_at, closed_at;
    std::string opened_by, closed_by;
};
struct ReturnItem {
    OrderId order;
    int line_no = 0;
    std::string sku;
    std::int64_t good = 0, damaged = 0;  // units
    std::int64_t units() const { return good + damaged; }
};

enum class EffectKind {
    prepare_label,
    print_label,  // a parcel's
    divert,
    clear_jam,
    get_number,
    void_number,
    print_sheet,  // anything else that a printer prints
    // calls to a channel about a package, as ChannelCall has them
    read_parameters,
    arrange_package,
    get_package_number,
    get_package_label,
    tell_packed,
    tell_ready_to_ship,
    tell_handed_over,
    change_slot,
    answer_cancel,
    void_extra,  // a second number that the courier made of one reference
};
enum class EffectState {
    planned,
    started,
    done,
    failed,
    unknown,
    resolved,
    sent,  // a label the printer took; its scan is the proof
};
std::string_view to_text(EffectKind kind);
std::string_view to_text(EffectState state);

struct EffectRow {
    EffectId id;
    EffectKind kind = EffectKind::prepare_label;
    EffectState state = EffectState::planned;
    std::string station, device;
    ParcelId parcel;
    int revision = 0;
    std::string about;  // as Effect::about
    Instant planned_at, started_at, ended_at;
    std::string detail, resolved_by;
    std::string reference;  // of a courier's act: ours; of a channel: the package
    std::optional<std::int64_t> counter = {};  // of the printer, before the start
    std::string bytes = {};                    // of a sheet: hash of what is printed
};

enum class AskState {
    asked,     // planned, under way, or nobody knows yet
    given,     // adopted
    refused,   // the courier said no: nothing was made
    doubtful,  // it told something else than we asked: a person settles it
    voiding,   // given up, the courier has not confirmed yet
    voided,
    kept,  // given up, but the courier would not void it
};
std::string_view to_text(AskState state);

// A number asked of a courier's service: what was sent, and what became of it.
struct NumberAsk {
    std::string reference;  // ours, never used twice
    ParcelId parcel;
    std::string courier, service;
    Milligrams weight;  // whole grams
    std::string postal_code;
    std::optional<Money> cod;
    AskState state = AskState::asked;
    std::string number;         // as given
    std::optional<Money> cost;  // what the courier says it costs
    Instant opened_at;
    Instant asked_at;  // when the courier was last allowed to make it; 0 = nothing is under way
    Instant given_at;
    Instant void_until;   // as the courier says; 0 = it does not
    Instant voided_at;    // or refused
    std::string detail;   // why refused or doubtful; how it was voided
    int checks = 0;       // how often it was looked up again since it was given
    std::string trouble;  // what such a look found wrong; empty = nothing
    Tracked tracked = Tracked::none;
    Instant tracked_at;  // as the courier says
    std::string tracked_place;
};
// Whether the act makes a parcel's label.
inline bool is_paper_act(EffectKind kind) {
    return kind == EffectKind::prepare_label || kind == EffectKind::print_label;
}
// Whether the act is on paper when it is done.
inline bool is_print(EffectKind kind) {
    return kind == EffectKind::print_label || kind == EffectKind::print_sheet;
}

// A lane of a conveyor line that is out of use.
struct ShutLane {
    std::string lane, by, reason;  // by: empty = the line itself
    Instant at;
};

// What a code can mean. One code may mean several things; the answer then asks which.
// void_label: was on a label that must not be used any more; its ref is the parcel.
enum class CodeKind { badge, location, tote, carton, order, parcel, sku, void_label };
struct CodeMeaning {
    CodeKind kind = CodeKind::sku;
    std::string ref;            // operator id, location, tote, carton, order id, parcel id, sku
    std::int64_t quantity = 1;  // sku: units in the pack
};

struct Books {
    virtual ~Books() = default;
    virtual OrderId next_order_id() const = 0;
    virtual ParcelId next_parcel_id() const = 0;
    virtual std::vector<CodeMeaning> meanings(std::string_view code) const = 0;
    virtual std::optional<Order> order(OrderId id) const = 0;
    virtual std::optional<OrderId> order_by_key(const OrderKey& key) const = 0;
    // The order itself, or all open orders of its combine group, in the order they came.
    virtual std::vector<Order> orders_of_job(const Order& order) const = 0;
    virtual std::vector<Line> lines(OrderId id) const = 0;
    virtual std::vector<Reservation> reservations(OrderId id, int line_no) const = 0;
    // Where goods may be taken from: first to expire first, then in walking order.
    virtual std::vector<StockPlace> stock_of(std::string_view sku) const = 0;
    virtual std::optional<StockPlace> stock_at(std::string_view location, std::string_view sku,
                                               std::string_view lot) const = 0;
    virtual std::optional<std::string> expiry_of(std::string_view sku,
                                                 std::string_view lot) const = 0;  // of a known lot
    // The marked units picked for a line; units without marks are not listed.
    virtual std::vector<MarkedUnits> marks_of(OrderId id, int line_no) const = 0;
    // The order that a unit with this serial was picked for.
    virtual std::optional<OrderId> order_with_serial(std::string_view sku,
                                                     std::string_view serial) const = 0;
    virtual std::optional<Sku> sku(std::string_view sku) const = 0;
    virtual std::optional<Carton> carton(std::string_view code) const = 0;
    virtual std::optional<Operator> operator_by_id(std::string_view id) const = 0;
    virtual OrderId order_in_tote(std::string_view tote) const = 0;
    virtual std::optional<Parcel> parcel(ParcelId id) const = 0;
    virtual std::vector<Parcel> parcels_of(OrderId id) const = 0;  // those carrying a line of it
    virtual std::vector<ParcelItem> items(ParcelId id) const = 0;
    virtual ManifestId next_manifest_id() const = 0;
    virtual std::vector<Manifest> open_manifests() const = 0;  // by courier
    virtual ReturnId next_return_id() const = 0;
    virtual std::optional<Return> open_return(ParcelId id) const = 0;
    virtual std::vector<ReturnItem> return_items(ReturnId id) const = 0;
    // Units of an order's line that came back, over all returns.
    virtual std::int64_t returned_units(OrderId id, int line_no) const = 0;
    virtual std::optional<std::string> free_number(std::string_view courier,
                                                   std::string_view service) const = 0;
    virtual bool number_known(std::string_view number) const = 0;
    virtual std::optional<NumberAsk> ask_by_reference(std::string_view reference) const = 0;
    virtual std::optional<NumberAsk> ask_by_number(std::string_view number) const = 0;
    virtual std::vector<NumberAsk> asks_of(ParcelId id) const = 0;  // oldest first
    // The serial of this GS1 company prefix that was never used, from 0.
    virtual std::int64_t next_serial(std::string_view prefix) const = 0;
    // As its breaker said last; a courier that was never heard of is not down.
    virtual bool courier_down(std::string_view courier) const = 0;
    virtual std::optional<ChannelPackage> channel_package(ParcelId id) const = 0;
    virtual std::optional<ChannelPackage> channel_package_by_number(
        std::string_view link, std::string_view package_number) const = 0;
    virtual std::optional<EffectRow> effect(EffectId id) const = 0;
    virtual std::vector<EffectRow> effects_of(ParcelId id) const = 0;  // oldest first
    virtual std::vector<EffectRow> effects_in(EffectState state) const = 0;
    // The highest number that a line's parcels may have used; 0 = it never ran.
    virtual std::int64_t line_number(std::string_view line) const = 0;
    virtual std::vector<ShutLane> shut_lanes(std::string_view line) const = 0;
    virtual std::string busy_station(
        OrderId id) const = 0;  // where it is open now; empty = nowhere
    virtual std::optional<Person> person(std::string_view hash) const = 0;
    // Cash to collect from this telephone, over parcels labelled since `from` that are not void.
    virtual Money cod_under_way(std::string_view phone, Instant from) const = 0;
    virtual const rating::RateBook& rates() const = 0;
    // Of the parcels that came to an end from that day on and before `today`.
    virtual const rating::Reliability& reliability(rating::Day from, rating::Day today) const = 0;
    // Codes that mean a parcel: its numbers and all else on its label.
    virtual std::vector<std::string> codes_of(ParcelId id) const = 0;
    virtual LabelFileId next_label_file_id() const = 0;
    virtual std::optional<LabelFile> label_file(LabelFileId id) const = 0;
    virtual std::optional<LabelFile> label_file_by_hash(std::string_view hash) const = 0;
    virtual LabelPageId next_label_page_id() const = 0;
    virtual std::optional<LabelPage> label_page(LabelPageId id) const = 0;
    virtual std::optional<LabelPage> label_page_at(LabelFileId file, int member,
                                                   int page) const = 0;
    // The page that is the parcel's label now.
    virtual std::optional<LabelPage> label_page_of(ParcelId id) const = 0;
    // Pages that show a code, discarded ones left out; oldest first, at most 100.
    virtual std::vector<LabelPage> label_pages_with(std::string_view code) const = 0;
    // Parcels of released orders whose page was never printed, in pick order.
    virtual std::vector<ParcelId> parcels_to_label(std::string_view channel,
                                                   std::string_view courier, int most) const = 0;
    virtual LabelRunId next_label_run_id() const = 0;
    virtual std::optional<LabelRun> label_run(LabelRunId id) const = 0;
    virtual std::vector<RunLabel> run_labels(LabelRunId id) const = 0;
    // The newest run a parcel's label was printed in.
    virtual std::optional<RunPlace> run_place_of(ParcelId id) const = 0;
    // The newest run of a station that broke and nobody has settled.
    virtual std::optional<LabelRun> broken_run(std::string_view station) const = 0;
};

}  // namespace kemas
