// One report on declared weights and sizes while it is being made: the read thread reads it slice
// by slice, so that other questions pass between. Knows no request.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/declared_json.hpp"
#include "app/rate_shelf.hpp"
#include "app/read_thread.hpp"
#include "ledger/declared_rows.hpp"

namespace kemas::app {

class DeclaredRun {
 public:
    // `rates` is the read thread's.
    DeclaredRun(DeclaredAsk ask, int utc_offset_minutes, std::shared_ptr<RateShelf> rates);

    // Reads on, on the read thread; the report's JSON when it is whole. Not asked again after that.
    std::optional<std::string> read(ReadView view);

 private:
    declared::Sources sources(ReadView view) const;
    bool is_wanted(const declared::SentParcel& parcel) const;

    DeclaredAsk ask_;
    int utc_offset_minutes_;
    std::shared_ptr<RateShelf> rates_;
    std::shared_ptr<const rating::RateBook> book_;  // one for the whole report
    ledger::SentCursor cursor_;
    declared::Comparison comparison_;
};

}  // namespace kemas::app
