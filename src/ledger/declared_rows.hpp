// What shops declare, and the parcels to hold it against, out of the books. Reads only.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/declared/comparison.hpp"
#include "core/input.hpp"
#include "ledger/sqlite.hpp"

namespace kemas::ledger {

std::optional<ListingRow> listing_of(Database& db, std::string_view channel, std::string_view shop,
                                     std::string_view sku);

// Parcels labelled in [from, until), the oldest first, read piece by piece.
struct SentCursor {
    Instant from, until;
    std::int64_t after = 0;  // id of the last one read at `from`
};
struct SentSlice {
    // Those that a channel arranged and nobody has voided; of the carton only its code.
    std::vector<declared::SentParcel> parcels;
    bool is_last = false;
};
// Looks at `most` parcels, whoever arranged them, and moves the cursor behind them.
SentSlice next_sent(Database& db, SentCursor& cursor, int most);

}  // namespace kemas::ledger
