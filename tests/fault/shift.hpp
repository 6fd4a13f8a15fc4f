// A shift of two benches, recorded once on a sound disk: the same inputs are then told on bad disks
// and must give the same answers and the same books. Knows nothing of faults.
#pragma once

#include <string>
#include <vector>

#include "ledger/ledger.hpp"
#include "tests/fault/crash_vfs.hpp"

namespace kemas::testing {

constexpr const char* ledger_path = "/ledger.db";

struct ShiftStep {
    std::vector<Envelope> batch;
    Instant now;
    bool checkpoint = false;           // the inbox was empty after it
    std::vector<std::string> answers;  // as the journal writes them
    Seq seq_after = 0;
    std::string books_after;  // see books_on()
};

struct Shift {
    Site site;
    std::vector<ShiftStep> steps;
    std::size_t prepared = 0;  // steps before the first order: goods, tariff, numbers
    std::size_t inputs = 0;
};

// Each round packs, weighs, labels and stages two orders, one on each bench.
Shift record_shift(int rounds);

ledger::LedgerOptions options_on(const CrashVfs& vfs);

// Every row of every table but the ledger's own id, and what does not add up. Takes its own
// connection: no ledger may be open on that disk.
struct BooksOnDisk {
    std::string digest;
    std::string complaint;  // empty = stock, lines, reservations and counts agree
};
BooksOnDisk books_on(const CrashVfs& vfs);

// The inputs that have been acknowledged, told again. Counts those that are not there any more, or
// got another answer.
struct Retold {
    std::size_t lost = 0, changed = 0;
};
Retold retell(ledger::Ledger& ledger, const Shift& shift, std::size_t steps);

bool long_form();  // KEMAS_LONG=1

}  // namespace kemas::testing
