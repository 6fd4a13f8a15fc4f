// The power goes at every point of a shift: nothing that was acknowledged may be lost, nothing may
// be there by half (reliability.md, R1).
#include <gtest/gtest.h>

#include <cstdio>

#include "ledger/journal_codec.hpp"
#include "tests/fault/shift.hpp"

namespace kemas::testing {
namespace {

struct Sweep {
    std::int64_t points = 0, cuts = 0;
    std::int64_t cuts_that_lost = 0, inputs_lost = 0;
    std::int64_t on_disk_unheard = 0;  // committed, but the power went before the answer
    std::vector<std::string> faults;   // whatever is wrong beyond a loss
};

// Tells the shift once; at every point of it the disk is copied as a cut would leave it, and a
// second ledger starts on the copy.
class PowerCuts {
 public:
    PowerCuts(const Shift& shift, std::string synchronous, std::int64_t stride)
        : shift_(shift), synchronous_(std::move(synchronous)), stride_(stride) {}

    Sweep run() {
        floor_.before_change = [this](const InFlight& in_flight) { at_point(in_flight); };
        auto options = options_on(floor_);
        options.synchronous = synchronous_;
        auto ledger = ledger::Ledger::open(options, shift_.site);
        if (!ledger) return sweep_.faults.push_back(ledger.error().what), sweep_;
        for (const auto& step : shift_.steps) {
            if (!(*ledger)->turn(step.batch, step.now))
                return sweep_.faults.push_back("sound disk fails"), sweep_;
            cut_here({});  // durable, but nobody has heard
            ++acknowledged_;
            if (step.checkpoint) (*ledger)->checkpoint(1);
        }
        ledger->reset();  // an orderly stop moves the WAL: it may be cut too
        return sweep_;
    }

 private:
    void at_point(const InFlight& in_flight) {
        if (++sweep_.points % stride_ == 0) cut_here(in_flight);
    }

    void cut_here(const InFlight& in_flight) {
        for (const auto loss : {Loss::all, Loss::some, Loss::torn}) {
            const auto seed =
                static_cast<std::uint64_t>(sweep_.points * 3 + static_cast<int>(loss));
            rebooted_.insert(floor_.disk().after_power_cut(loss, seed, in_flight));
            ++sweep_.cuts;
            const auto fault = start_again();
            if (!fault.empty())
                sweep_.faults.push_back("point " + std::to_string(sweep_.points) + ", loss " +
                                        std::to_string(static_cast<int>(loss)) + ": " + fault);
        }
    }

    std::string start_again() {
        auto options = options_on(rebooted_);
        auto opened = ledger::Ledger::open(options, shift_.site);
        if (!opened) return "does not open: " + opened.error().what;
        auto& ledger = **opened;
        const auto before = acknowledged_ ? shift_.steps[acknowledged_ - 1].seq_after : 0;
        const auto found = ledger.last_seq();
        if (found > before) ++sweep_.on_disk_unheard;
        const bool rest = acknowledged_ < shift_.steps.size();
        if (found > before && !(rest && found == shift_.steps[acknowledged_].seq_after))
            return "a batch is there by half, up to " + std::to_string(found);
        const auto retold = retell(ledger, shift_, acknowledged_);
        if (retold.changed) return std::to_string(retold.changed) + " answers changed";
        if (retold.lost) {
            ++sweep_.cuts_that_lost;
            sweep_.inputs_lost += static_cast<std::int64_t>(retold.lost);
            return "";
        }
        return go_on(std::move(*opened), rest);
    }

    // The batch that got no answer is told again; then the books must be those of the sound disk.
    std::string go_on(std::unique_ptr<ledger::Ledger> ledger, bool rest) {
        if (!rest && acknowledged_ == 0) return "";
        const auto& step = shift_.steps[rest ? acknowledged_ : acknowledged_ - 1];
        const auto done = ledger->turn(step.batch, step.now);
        if (!done) return done.error().what;
        for (std::size_t i = 0; i < done->size(); ++i)
            if (ledger::encode((*done)[i].answer) != step.answers[i])
                return "another answer to " + step.batch[i].key;
        ledger.reset();
        const auto books = books_on(rebooted_);
        if (!books.complaint.empty()) return "books do not agree: " + books.complaint;
        return books.digest == step.books_after ? "" : "books differ from the sound disk's";
    }

    const Shift& shift_;
    std::string synchronous_;
    std::int64_t stride_;
    std::size_t acknowledged_ = 0;
    CrashVfs floor_{"floor"}, rebooted_{"rebooted"};
    Sweep sweep_;
};

void print(const char* name, const Sweep& sweep, std::int64_t stride) {
    std::printf(
        "%s: %lld points, every %lld. taken, %lld cuts, %lld lost acknowledged inputs (%lld "
        "inputs), "
        "%lld had the unanswered batch\n",
        name, static_cast<long long>(sweep.points), static_cast<long long>(stride),
        static_cast<long long>(sweep.cuts), static_cast<long long>(sweep.cuts_that_lost),
        static_cast<long long>(sweep.inputs_lost), static_cast<long long>(sweep.on_disk_unheard));
}

std::string first_of(const std::vector<std::string>& faults) {
    std::string text;
    for (std::size_t i = 0; i < faults.size() && i < 5; ++i) text += faults[i] + "\n";
    return text;
}

TEST(PowerCut, LosesNothingAcknowledgedAtAnyPoint) {
    const auto shift = record_shift(long_form() ? 8 : 4);
    const std::int64_t stride = long_form() ? 1 : 2;
    const auto sweep = PowerCuts(shift, "FULL", stride).run();
    print("FULL", sweep, stride);
    EXPECT_GE(sweep.cuts, 3 * (long_form() ? 2000 : 500));
    EXPECT_EQ(sweep.cuts_that_lost, 0);
    EXPECT_TRUE(sweep.faults.empty()) << sweep.faults.size() << " faults\n"
                                      << first_of(sweep.faults);
    EXPECT_GT(sweep.on_disk_unheard, 0) << "no cut fell between commit and answer";
}

// Control: a sweep that would not see this proves nothing.
TEST(PowerCut, SeesTheLossWhenCommitsAreNotSynced) {
    const auto shift = record_shift(4);
    const auto sweep = PowerCuts(shift, "NORMAL", long_form() ? 1 : 11).run();
    print("NORMAL", sweep, long_form() ? 1 : 11);
    EXPECT_GE(sweep.cuts_that_lost, 1);
}

}  // namespace
}  // namespace kemas::testing
