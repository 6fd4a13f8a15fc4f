// The disk fails at every operation of a shift, once or until it is repaired: after recovery the
// same inputs go in again, and nothing acknowledged is lost (reliability.md, R2).
#include <gtest/gtest.h>

#include <cstdio>

#include "ledger/journal_codec.hpp"
#include "tests/fault/shift.hpp"

namespace kemas::testing {
namespace {

// How the daemon gets its ledger back after a fault.
enum class Comeback {
    recover,  // on the same ledger
    restart   // killed and started again; the page cache outlives it
};

struct Sweep {
    std::int64_t runs = 0, met = 0;
    std::int64_t runs_that_lost = 0, inputs_lost = 0;
    std::vector<std::string> faults;
};

constexpr int tries_before_repair = 2;

class IoErrors {
 public:
    IoErrors(const Shift& shift, Comeback comeback, bool barrier)
        : shift_(shift), comeback_(comeback) {
        options_ = options_on(disk_);
        auto ledger = ledger::Ledger::open(options_, shift_.site);
        for (std::size_t i = 0; i < shift_.prepared; ++i)
            if (!(*ledger)->turn(shift_.steps[i].batch, shift_.steps[i].now))
                throw std::runtime_error("sound disk fails");
        ledger->reset();
        prepared_ = disk_.disk().after_power_cut(Loss::all, 0);
        options_.barrier = barrier;
    }

    // Every `stride`th operation that `fault` can meet, until one lies beyond the shift's end.
    void sweep(DiskFault fault, bool sticky, std::int64_t first, std::int64_t stride,
               std::int64_t limit) {
        for (std::int64_t at = first; at <= limit; at += stride)
            if (!run({fault, at, sticky})) return;
    }

    const Sweep& result() const { return sweep_; }

 private:
    bool run(const FaultPlan& plan) {
        ledger_.reset();
        disk_.insert(prepared_.after_power_cut(Loss::all, 0));
        disk_.arm(plan);
        ++sweep_.runs;
        auto fault = tell_all();
        const bool met = disk_.fired();
        sweep_.met += met;
        disk_.cut_power(Loss::all, 1);
        ledger_.reset();
        if (fault.empty()) fault = check();
        if (!fault.empty())
            sweep_.faults.push_back("fault " + std::to_string(static_cast<int>(plan.fault)) +
                                    (plan.sticky ? " sticky" : " once") + " at " +
                                    std::to_string(plan.at) + ": " + fault);
        return met;
    }

    std::string tell_all() {
        if (!come_back()) return "does not open on a repaired disk";
        for (std::size_t i = shift_.prepared; i < shift_.steps.size(); ++i) {
            const auto& step = shift_.steps[i];
            auto done = ledger_->turn(step.batch, step.now);
            for (int tries = 0; !done && tries < 8; ++tries) {
                if (!come_back()) return "does not recover on a repaired disk";
                done = ledger_->turn(step.batch, step.now);
                if (!done && tries >= tries_before_repair) disk_.heal();
            }
            if (!done) return "never takes a batch again: " + done.error().what;
            for (std::size_t k = 0; k < done->size(); ++k)
                if (ledger::encode((*done)[k].answer) != step.answers[k])
                    return "another answer to " + step.batch[k].key;
            if (step.checkpoint) ledger_->checkpoint(1);
        }
        return "";
    }

    // Tries on the bad disk first, then has it repaired.
    bool come_back() {
        for (int tries = 0; tries < tries_before_repair + 2; ++tries) {
            if (tries == tries_before_repair) disk_.heal();
            if (ledger_ && comeback_ == Comeback::recover) {
                if (ledger_->recover()) return true;
                continue;
            }
            disk_.kill();
            ledger_.reset();
            if (auto opened = ledger::Ledger::open(options_, shift_.site)) {
                ledger_ = std::move(*opened);
                return true;
            }
        }
        return false;
    }

    std::string check() {
        auto opened = ledger::Ledger::open(options_, shift_.site);
        if (!opened) return "does not open after the power cut: " + opened.error().what;
        const auto retold = retell(**opened, shift_, shift_.steps.size());
        if (retold.changed) return std::to_string(retold.changed) + " answers changed";
        if (retold.lost) {
            ++sweep_.runs_that_lost;
            sweep_.inputs_lost += static_cast<std::int64_t>(retold.lost);
            return "";
        }
        opened->reset();
        const auto books = books_on(disk_);
        if (!books.complaint.empty()) return "books do not agree: " + books.complaint;
        return books.digest == shift_.steps.back().books_after
                   ? ""
                   : "books differ from the sound disk's";
    }

    const Shift& shift_;
    Comeback comeback_;
    CrashVfs disk_{"bad-disk"};
    ledger::LedgerOptions options_;
    Disk prepared_;
    std::unique_ptr<ledger::Ledger> ledger_;
    Sweep sweep_;
};

void print(const char* name, const Sweep& sweep) {
    std::printf(
        "%s: %lld runs, the fault was met in %lld, acknowledged inputs lost in %lld (%lld "
        "inputs)\n",
        name, static_cast<long long>(sweep.runs), static_cast<long long>(sweep.met),
        static_cast<long long>(sweep.runs_that_lost), static_cast<long long>(sweep.inputs_lost));
}

std::string first_of(const std::vector<std::string>& faults) {
    std::string text;
    for (std::size_t i = 0; i < faults.size() && i < 5; ++i) text += faults[i] + "\n";
    return text;
}

void expect_nothing_lost(const char* name, Comeback comeback,
                         const std::vector<DiskFault>& faults) {
    const auto shift = record_shift(long_form() ? 4 : 2);
    IoErrors errors(shift, comeback, true);
    std::int64_t first = 1;
    for (const auto fault : faults) {
        // Syncs are few and the most dangerous: each of them. The others take turns in the short
        // form.
        const std::int64_t stride = long_form() || fault == DiskFault::sync_error ? 1 : 13;
        for (const bool sticky : {false, true}) {
            errors.sweep(fault, sticky, first, stride, long_form() ? 2000 : 500);
            first = first % stride + 1;
        }
    }
    print(name, errors.result());
    EXPECT_GT(errors.result().met, 0);
    EXPECT_EQ(errors.result().runs_that_lost, 0);
    EXPECT_TRUE(errors.result().faults.empty()) << errors.result().faults.size() << " faults\n"
                                                << first_of(errors.result().faults);
}

TEST(IoError, LosesNothingWhenASyncFails) {
    expect_nothing_lost("sync, recover", Comeback::recover, {DiskFault::sync_error});
}

TEST(IoError, LosesNothingWhenASyncFailsAndTheDaemonIsKilled) {
    expect_nothing_lost("sync, restart", Comeback::restart, {DiskFault::sync_error});
}

TEST(IoError, LosesNothingWhenAnyOperationFails) {
    expect_nothing_lost(
        "others, recover", Comeback::recover,
        {DiskFault::io_error, DiskFault::disk_full, DiskFault::short_write, DiskFault::read_error});
}

TEST(IoError, LosesNothingWhenAnyOperationFailsAndTheDaemonIsKilled) {
    expect_nothing_lost(
        "others, restart", Comeback::restart,
        {DiskFault::io_error, DiskFault::disk_full, DiskFault::short_write, DiskFault::read_error});
}

// Control: without the barrier the row is seen in the page cache, acknowledged, and gone.
TEST(IoError, SeesTheLossWithoutTheBarrier) {
    const auto shift = record_shift(2);
    for (const auto comeback : {Comeback::recover, Comeback::restart}) {
        IoErrors errors(shift, comeback, false);
        errors.sweep(DiskFault::sync_error, true, 1, 1, 500);
        print(comeback == Comeback::recover ? "no barrier, recover" : "no barrier, restart",
              errors.result());
        EXPECT_GE(errors.result().runs_that_lost, 1);
    }
}

}  // namespace
}  // namespace kemas::testing
