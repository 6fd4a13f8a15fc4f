#include "ledger/hash_chain.hpp"
#include "ledger/journal_codec.hpp"
#include "prepared_ledger.hpp"

namespace kemas::bench {
namespace {

constexpr std::int64_t first_at = 1'700'000'000'000;

ledger::JournalRow scan_row(std::int64_t seq) {
    const Input input = CodeScanned{endless_item(seq % 64 + 1)};
    const Answer answer{Answer::Kind::accepted,
                        "item_ok",
                        {{"item", "SKU-1 (Gelas)"},
                         {"left", std::to_string(seq)},
                         {"next", "1 x SKU-1 (Gelas) @ A-1"}}};
    ledger::JournalRow row;
    row.seq = seq;
    row.at = {first_at + seq * 40};
    row.epoch = 1;
    row.kind = ledger::kind_of(input);
    row.station = "bench-" + std::to_string(seq % 64 + 1);
    row.key = "old-scanner#" + std::to_string(seq);
    row.body = ledger::encode(input);
    row.answer = ledger::encode(answer);
    row.facts = ledger::encode(std::vector<Fact>{});
    return row;
}

}  // namespace

void write_journal(ledger::Database& db, std::int64_t rows) {
    std::string hash;
    std::int64_t segment = 0;
    for (std::int64_t seq = 1; seq <= rows; ++seq) {
        auto row = scan_row(seq);
        row.hash = ledger::chain_hash(hash, row);
        db.run("INSERT INTO journal VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)", row.seq,
               row.at.value, row.epoch, row.kind, row.station, row.key, row.body, row.answer,
               row.facts, row.facts_before, ledger::Blob{row.hash});
        hash = std::move(row.hash);
        if (seq % ledger::segment_rows == 0)
            db.run("INSERT INTO segments VALUES (?1, ?2, ?3, ?4)", ++segment, seq,
                   ledger::Blob{hash}, row.at.value);
    }
}

}  // namespace kemas::bench
