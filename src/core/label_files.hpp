// Labels that come as files: the file as it arrived, its pages, and what each page is to a parcel.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/quantities.hpp"

namespace kemas {

struct SeenCode {
    std::string format, text;  // "Code128"; the text as read
    bool survives = true;      // still reads after one dot of print growth
    bool lost = false;         // reads only when drawn finer than the site's labels are
    int module_tenths = 0;     // tenths of a dot a module; 0 = not known
    friend auto operator<=>(const SeenCode&, const SeenCode&) = default;
};

// ---- what happens to them, as inputs

// The bytes are kept before anybody hears of the file: every print and reprint comes from them.
struct LabelFileArrived {
    std::string name, source, by;  // source: "http", "folder", "channel"
    std::string hash, bytes;
};
// One page of a file was read. `member` is its place in an archive, `page` its place in that.
struct LabelPageArrived {
    LabelFileId file;
    int member = 0, page = 0;
    std::string member_name, kind;  // "pdf", "picture", "zpl"
    std::string fault;              // why it cannot be printed; empty = it can
    std::vector<SeenCode> codes;
};
struct LabelFileRead {
    LabelFileId file;
    int pages = 0;
    std::string fault;  // why no more could be read; empty = all of it
};
// A person says whose page it is, or that it is nobody's.
struct LabelPageSettled {
    LabelPageId page;
    ParcelId parcel;  // 0 = discarded
    std::string by, reason;
};
// The channel arranged the shipment anew: a pickup failed, or it gave another number. The label
// made before is void from here on.
struct ShipmentRearranged {
    ParcelId parcel;
    std::string tracking_number;  // empty or the same = the number stays, the paper does not
    std::string by, reason;
};
// Labels of released orders in pick order, printed in one run on the station's printer.
struct LabelRunAsked {
    std::string channel, courier;  // empty = any
    int most = 500;
    std::string by;
};
// The one question about a broken run, answered: its labels up to the last one in hand are on
// paper.
struct LabelRunSettled {
    LabelRunId run;
    int last = 0;  // its place in the run; 0 = not one is on paper
    std::string by;
};

// ---- what the books keep

enum class PageState {
    waiting,     // no parcel carries a number of it yet
    ambiguous,   // two parcels do
    second,      // its parcel has a page already
    unreadable,  // no barcode of it could be read, or it cannot be printed
    bound,       // it is the parcel's label
    voided,      // it was
    discarded,   // a person said it is nobody's
};
std::string_view to_text(PageState state);
// Whether it waits for a person or for its order.
bool is_unmatched(PageState state);

struct LabelFile {
    LabelFileId id;
    std::string hash, name, source, by;
    Instant arrived_at, read_at;  // read_at: 0 = not yet
    int pages = 0;
    std::string fault;
};

struct LabelPage {
    LabelPageId id;
    LabelFileId file;
    int member = 0, page = 0;
    std::string member_name, kind, fault;
    std::vector<SeenCode> codes;
    PageState state = PageState::waiting;
    ParcelId parcel;
    std::string reason;  // of its state, in words
    Instant arrived_at, settled_at;
    std::string settled_by;
};

struct LabelRun {
    LabelRunId id;
    std::string station, device, by;
    int labels = 0;
    Instant asked_at;
    std::string broken;  // why it stopped; empty = it did not
    Instant broken_at, settled_at;
};
struct RunLabel {
    int place = 0;  // from 1
    ParcelId parcel;
    int revision = 0;
};
struct RunPlace {
    LabelRunId run;
    int place = 0, of = 0;
};

constexpr int most_run_labels = 500;

}  // namespace kemas
