// Everything that can happen. Closed on purpose: a new one breaks every visitor.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/channels.hpp"
#include "core/ids.hpp"
#include "core/label_files.hpp"
#include "core/quantities.hpp"
#include "core/rating/tariff.hpp"
#include "core/tracking.hpp"

namespace kemas {

// ---- what an order brings -----------------------------------------------------------------

// Personal data: kept in a side table and named in the journal by its salted hash only.
struct Person {
    std::string name, phone, address, district, city, province, postal_code;
    friend auto operator<=>(const Person&, const Person&) = default;
};

struct DraftLine {
    std::string sku;
    std::int64_t quantity = 0;
    friend auto operator<=>(const DraftLine&, const DraftLine&) = default;
};

// A shipment that the channel arranges: its courier, its number and its label are the only ones; we
// neither choose, number nor draw. Without a number the channel is still to give one:
// docs/channels.md.
struct ArrangedShipment {
    std::string courier, service, tracking_number;
    std::string package_number;  // the channel's own id of the package
    std::string label_zpl;       // may be empty: the paper comes from elsewhere
    friend auto operator<=>(const ArrangedShipment&, const ArrangedShipment&) = default;
};

struct OrderDraft {
    OrderKey key;
    std::string owner;          // whose goods
    std::string combine_group;  // orders of one group travel in one parcel; empty = alone
    std::vector<DraftLine> lines;
    Person ship_to;
    std::string area_code;     // official area code of the ship-to (Kepmendagri), for the tariff
    std::optional<Money> cod;  // to be collected at the door; none = paid
    Money value;               // goods value
    std::string courier, service;  // wanted by the buyer; empty = the site's rule chooses
    std::string note;
    Instant ship_by;  // 0 = none
    std::optional<ArrangedShipment> arranged;
    friend auto operator<=>(const OrderDraft&, const OrderDraft&) = default;
};

// ---- the floor ----------------------------------------------------------------------------

struct CodeScanned {
    std::string text;
};
struct LoadSettled {  // see ports/scale.hpp
    std::string scale;
    std::uint64_t settling = 0;
    Milligrams gross, division;
    std::string raw;
};
struct LoadDisturbed {
    std::string scale;
    std::uint64_t settling = 0;  // 0 = the scale came up: whatever lay there before is not known
};
struct ScaleFailed {
    std::string scale, why;
};

// ---- orders from outside ------------------------------------------------------------------

// A draft with the hashes and the salt made outside: the core knows neither chance nor digests.
struct SealedOrder {
    OrderDraft draft;
    std::string content_hash;  // of all but the personal data and the label's bytes
    std::string person_hash, person_salt;
    std::string label_hash;  // of the arranged label's bytes; empty = none
};
struct OrderReceived {
    SealedOrder order;
};
struct OrdersImported {  // one file: all or nothing
    std::string file, content_hash;
    std::vector<SealedOrder> orders;
};
struct CancelAsked {
    OrderKey key;
    std::string by, reason;
};
struct HoldAsked {
    OrderKey key;
    std::string by, reason;
};
struct HoldReleased {
    OrderKey key;
    std::string by;
};

// ---- master data --------------------------------------------------------------------------

struct SkuBarcode {
    std::string code;
    std::int64_t quantity = 1;  // a case pack counts for more than one
    friend auto operator<=>(const SkuBarcode&, const SkuBarcode&) = default;
};
// What must be known of every single unit that leaves.
struct TrackedBy {
    bool lot = false, expiry = false, serial = false;
    friend auto operator<=>(const TrackedBy&, const TrackedBy&) = default;
};
struct SkuRow {
    std::string sku, name;
    std::vector<SkuBarcode> barcodes;
    Milligrams weight;  // mean of one unit; 0 = not known yet
    Milligrams spread;  // one standard deviation of one unit
    Size size;
    bool fragile = false, upright = false, dangerous = false;
    TrackedBy tracked;
    bool keep_flat = false;
    std::string goods{};  // class of goods
};
struct StockRow {
    std::string location, sku, lot;
    std::int64_t quantity = 0;    // what is there now, absolute
    std::int64_t pick_order = 0;  // place of the location on the walk
    std::string expiry;           // of the lot, "2027-02-28"; empty = not told
};
struct TrackingNumberRow {
    std::string courier, service, number;
};

// What a shop's catalogue says of one unit as it is sent.
struct ListingRow {
    std::string channel, shop, sku;
    Milligrams weight;  // 0 = not told
    Size size;          // all zero = not told
    friend auto operator<=>(const ListingRow&, const ListingRow&) = default;
};

struct SkusImported {
    std::string file, content_hash;
    std::vector<SkuRow> rows;
};
struct StockImported {
    std::string file, content_hash;
    std::vector<StockRow> rows;
};
struct TrackingNumbersImported {
    std::string file, content_hash;
    std::vector<TrackingNumberRow> rows;
};
struct TariffImported {
    std::string file, content_hash;
    rating::TariffRows tariff;  // whole tariff: it replaces the one in force
};
struct ListingsImported {
    std::string file, content_hash;
    std::vector<ListingRow> rows;
};

// ---- effects come back --------------------------------------------------------------------

struct LabelPrepared {
    EffectId effect;
    std::string hash, bytes;  // what the printer will get
    bool unmarked = false;    // a reprint of foreign paper that has no room for our mark
};
struct LabelRefused {
    EffectId effect;
    std::string field, why;
};
struct EffectStarted {
    EffectId effect;
    // Labels the printer had counted before this one; none = it does not count.
    std::optional<std::int64_t> counter = {};
};
enum class Outcome {
    done,
    failed,   // surely not
    unknown,  // nobody can say
    sent,     // a print: the printer took it, but does not say that it is on paper
};
struct EffectEnded {
    EffectId effect;
    Outcome outcome = Outcome::unknown;
    std::string detail;
};
struct EffectResolved {  // a person settled an unknown one
    EffectId effect;
    Outcome outcome = Outcome::done;  // done or failed
    std::string by, reason;
    std::string number;  // get_number, done: the number it has
};
// The printer of an act that was cut off is idle and has counted so many labels.
struct PrintCounted {
    EffectId effect;
    std::int64_t counter = 0;
};
// Something else than a parcel's label, drawn and asked for by a person: an item label, a tote's,
// a badge ... One act a copy.
struct Sheet {
    std::string title;        // what is on it, for people
    std::string hash, bytes;  // what the printer will get
    int copies = 1;
};
struct SheetsAsked {
    std::string device, layout, by;
    std::vector<Sheet> sheets;
};
struct ReprintAsked {
    ParcelId parcel;
    std::string by, reason;
};

// One shipment as a courier's answer tells it: the shape was checked, the content was not.
struct GivenNumber {
    std::string reference, service, number, postal_code;
    Milligrams weight;  // whole grams
    std::optional<Money> cod, cost;
    std::string currency;
    bool voided = false;
    Instant void_until;  // 0 = not told
};
// All that the courier has under the act's reference: of a look-up none, one or more; of a creation
// the one it says it made.
struct NumberAnswered {
    EffectId effect;
    bool looked_up = false;
    std::vector<GivenNumber> found;
};
struct NumberRefused {  // the courier will not make it, and made nothing
    EffectId effect;
    std::string field, why;
};
struct NumberVoided {
    EffectId effect;
    Outcome outcome = Outcome::done;  // failed: it will not void it
    std::string detail;               // what becomes of the money
};

// What the courier has under a reference some time after its number was adopted; or, of `effect`,
// after it was asked to void a second one. Of every live number it tells.
struct NumberChecked {
    EffectId effect;  // 0 = a look of its own
    std::string reference;
    std::vector<GivenNumber> found;
};
// The newest thing a courier tells of a parcel it took.
struct ParcelTracked {
    std::string reference;
    Tracked status = Tracked::none;
    Instant at;  // as the courier says
    std::string place;
};

// A device came up, went down or changed its state: the book of devices remembers it.
struct DeviceChanged {
    std::string name, kind;  // as the site file names it; "scale", "printer", ...
    bool up = false;
    std::string state, error;  // as its health says
};

// ---- the line -----------------------------------------------------------------------------

// A parcel has passed a line's readers and scale, and the line asks for its lane. `number` is the
// line's own, counted up and never used twice.
struct LineParcelSeen {
    std::string line;
    std::int64_t number = 0;
    std::vector<std::string> codes;
    std::optional<Milligrams> gross;
    std::vector<bool> lanes_open;  // as the layout's lanes
    int passes = 1;                // times it has come past, this one counted
};
// The line lets a parcel run out into its reject lane, or has lost it.
struct LineParcelRejected {
    std::string line;
    std::int64_t number = 0;
    std::string reason, why;         // a word of line::Reason; more about it
    std::vector<std::string> codes;  // read on it, if any
};

// A line's runner begins: from here on its numbers are above all that were ever used.
struct LineStarted {
    std::string line;
};
// A person takes a lane out of use or gives it back; or the line itself shuts one (`by` is empty)
// whose eye proves nothing any more.
struct LineLaneSwitched {
    std::string line, lane;
    bool open = true;
    std::string by, reason;
};
// A person has looked at the belt and wants the jam cleared, of the line or of a zone of its feed.
struct LineJamClearAsked {
    std::string line, by, reason;
    bool jammed = true;                // as the line, or the feed's zone, sees it
    std::string feed = {}, zone = {};  // of a module before the line; both empty: the line itself
};

// The site's files were read again, and hold from here on.
struct SettingsTaken {
    std::string settings_hash;
};

// The daemon came up: whatever was started and never ended is unknown now.
struct Restarted {
    std::string build, settings_hash;
};

using Input =
    std::variant<CodeScanned, LoadSettled, LoadDisturbed, ScaleFailed, OrderReceived,
                 OrdersImported, CancelAsked, HoldAsked, HoldReleased, SkusImported, StockImported,
                 TrackingNumbersImported, TariffImported, LabelPrepared, LabelRefused,
                 EffectStarted, EffectEnded, EffectResolved, ReprintAsked, Restarted, DeviceChanged,
                 SettingsTaken, LineParcelSeen, LineParcelRejected, LineStarted, LineLaneSwitched,
                 LineJamClearAsked, NumberAnswered, NumberRefused, NumberVoided, LabelFileArrived,
                 LabelPageArrived, LabelFileRead, LabelPageSettled, ShipmentRearranged,
                 LabelRunAsked, LabelRunSettled, PrintCounted, SheetsAsked, PackageTold,
                 PackageParametersTold, PackageLabelTold, PackageRefused, SlotChangeAsked,
                 NumberChecked, ParcelTracked, ListingsImported>;

// An input with its stamp. `seq` and `at` are given once, by the ledger; time never runs backwards.
struct Recorded {
    Seq seq = 0;
    Instant at;
    std::string station;  // empty where no station is concerned
    Input input;
};

}  // namespace kemas
