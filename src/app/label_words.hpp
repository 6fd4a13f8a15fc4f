// What every way of making a label says the same: the job's name on the wire, the mark of a
// reprint, the place in a run, a refusal. Knows no printer.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "ledger/sql_books.hpp"
#include "ports/label_press.hpp"

namespace kemas::app {

// Words of ours on a label that somebody else drew; empty = none.
struct LabelMarks {
    std::string reprint;  // "REPRINT 1"
    std::string run;      // "run 12  37/100"
};
LabelMarks marks_of(const ledger::SqlBooks& books, const Parcel& parcel, const EffectRow& effect);

/// "kemas parcel=7 rev=2 tracking=JX1": parcel and revision are unique, the number is for people.
std::string job_comment(const Parcel& parcel, const EffectRow& effect);

/// The bytes with their hash.
PreparedLabel prepared(std::string bytes);
tl::unexpected<RefusedLabel> refuse(std::string field, std::string why);
/// Nobody has time for it now.
tl::unexpected<RefusedLabel> too_many_labels();

}  // namespace kemas::app
