// SHA-256 over the row before and this row: a changed or missing row is seen.
#pragma once

#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "core/quantities.hpp"

namespace kemas::ledger {

struct JournalRow {
    Seq seq = 0;
    Instant at;
    std::int64_t epoch = 0;
    std::string kind, station, key, body, answer, facts;
    std::int64_t facts_before = 0;
    std::string hash;  // 32 bytes
};

constexpr std::int64_t segment_rows = 4096;  // a segment is sealed every so many rows

std::string chain_hash(std::string_view before, const JournalRow& row);  // 32 bytes

}  // namespace kemas::ledger
