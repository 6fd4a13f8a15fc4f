// What the core answers: words for the person, changes of the books, facts for the world, acts to
// perform. Plain values: they print, compare and store.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/books.hpp"
#include "core/station.hpp"

namespace kemas {

// An answer is a message id with arguments, never prose; the catalogue speaks the operator's
// tongue.
struct Answer {
    enum class Kind {
        accepted,  // recorded, go on
        refused,   // nothing changed; the text names the thing and the next step
        attention  // recorded, and a person must act (too heavy, label on hold)
    };
    Kind kind = Kind::accepted;
    std::string code;  // "wrong_item", see messages
    std::vector<std::pair<std::string, std::string>> args;
};

// ---- changes of the books -----------------------------------------------------------------

struct PutOrder {
    Order order;
    std::vector<Line> lines;
};
struct SetOrderState {
    OrderId order;
    OrderState from, to;
    std::string by, reason;
};
struct SetLine {
    OrderId order;
    Line line;
};
struct Reserve {
    OrderId order;
    int line_no = 0;
    std::string location, sku, lot;
    std::int64_t delta = 0;
};
// Stock moves from a location to another; "" = out of the world (packed, lost) or into it.
struct MoveStock {
    std::string sku, lot, from, to;
    std::int64_t quantity = 0;
    std::string reason;
    OrderId order;
    int line_no = 0;
};
// Marks of units picked for a line, or taken back from it.
struct MarkItem {
    OrderId order;
    int line_no = 0;
    std::string sku;
    Marks marks;
    std::int64_t delta = 0;
};
struct PutLot {
    std::string sku, lot, expiry;
};
struct PutParcel {
    Parcel parcel;
};
struct PackItem {
    ParcelId parcel;
    OrderId order;
    int line_no = 0;
    std::string sku;
    std::int64_t delta = 0;
};
enum class NumberState { free, reserved, used };
struct SetNumber {
    std::string number;
    NumberState state = NumberState::free;
    ParcelId parcel;
};
struct PutNumber {
    TrackingNumberRow row;
};
struct PutAsk {
    NumberAsk ask;
};
struct PutPackage {
    ChannelPackage package;
};
struct UseSerial {  // of a GS1 company prefix: the next one is higher
    std::string prefix;
    std::int64_t serial = 0;
};
struct BindCode {
    std::string code;
    CodeMeaning meaning;
};
struct UnbindCode {
    std::string code;
    CodeKind kind = CodeKind::sku;
    std::string ref;
};
struct BindTote {
    std::string tote;
    OrderId order;
};
struct PutPerson {
    std::string hash, salt;
    Person person;
};
struct PutBlob {
    std::string hash, kind, bytes;
};
struct PutSku {
    SkuRow row;
};
struct PutLocation {
    std::string location;
    std::int64_t pick_order = 0;
};
struct PutTariff {
    std::string version;
    rating::TariffRows tariff;
};
struct PutListing {
    ListingRow row;
};
// A parcel came to its end, or what was counted before is corrected: differences, summed up.
struct CountEnds {
    rating::Day day;                // on which it was told
    rating::ReliabilityRow counts;  // its area: of the destination, whole
};
struct PutImport {
    std::string kind, file, content_hash;
    std::int64_t rows = 0;
};
struct SetEffect {
    EffectId effect;
    EffectState state = EffectState::planned;
    std::string detail, by;
    std::optional<std::int64_t> counter = {};  // kept when there is one
};
struct PutManifest {
    Manifest manifest;
};
struct PutReturn {
    Return row;
};
struct SetReturnItem {
    ReturnId id;
    ReturnItem item;
};
struct PutDevice {
    DeviceChanged device;
};
struct PutLine {
    std::string line;
    std::int64_t last_number = 0;  // of its parcels, used or set aside
};
struct SetLane {
    std::string line, lane;
    bool open = true;
    std::string by, reason;
};
struct PutWeighing {
    ParcelId parcel;
    std::string source, raw, verdict, by, reason;
    Milligrams gross, expected, tolerance, division;
};

struct PutLabelFile {
    LabelFile file;
};
struct PutLabelPage {
    LabelPage page;
};
struct PutLabelRun {
    LabelRun run;
};
struct PutRunLabel {
    LabelRunId run;
    RunLabel label;
};

using Change =
    std::variant<PutOrder, SetOrderState, SetLine, Reserve, MoveStock, PutParcel, PackItem,
                 SetNumber, PutNumber, BindCode, BindTote, PutPerson, PutBlob, PutSku, PutLocation,
                 PutTariff, PutImport, SetEffect, PutWeighing, MarkItem, PutLot, UnbindCode,
                 PutManifest, PutReturn, SetReturnItem, PutDevice, PutLine, SetLane, PutAsk,
                 UseSerial, PutLabelFile, PutLabelPage, PutLabelRun, PutRunLabel, PutPackage,
                 PutListing, CountEnds>;

// ---- facts: what sinks outside may hear ---------------------------------------------------

enum class FactKind { order, line, parcel };
std::string_view to_text(FactKind kind);

// One change of state told to the world. Carries the order's key and the figures of that moment;
// never personal data.
struct Fact {
    FactKind kind = FactKind::order;
    OrderKey order;
    std::string status;  // order and line states, or the parcel's: closed, weighed, labelled, ...
    int line_no = 0;
    std::string sku;
    std::int64_t quantity = 0;  // line: units done
    ParcelId parcel;
    std::string courier, service, tracking_number;
    Milligrams weight;
    std::optional<Money> cost;
    std::string reason, by;
};

// ---- acts ---------------------------------------------------------------------------------

// An act planned in the commit of the decision; law 3.
struct Effect {
    EffectKind kind = EffectKind::prepare_label;
    std::string station, device;
    ParcelId parcel;
    int revision = 0;
    // Why it is printed once more, empty on the first print; what is on a sheet; void_extra: the
    // number to void.
    std::string about;
    std::string reference;   // of a courier's act: ours
    std::string bytes = {};  // of a sheet: their hash
};

struct Decision {
    Answer answer;
    std::vector<Change> changes;
    std::vector<Fact> facts;
    std::vector<Effect> effects;
    std::optional<Station> station;  // its new state, when a station is concerned
};

}  // namespace kemas
