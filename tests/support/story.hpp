// Tells the story of a floor to the real core over a real ledger: scans, weights and outcomes go in
// with a clock of the story's own, answers and effects come out.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ledger/ledger.hpp"

namespace kemas::testing {

// A site with two benches, a pick station and a dock; packers Ana and Budi, supervisor Sari.
Site small_site();

class Story {
 public:
    explicit Story(Site site = small_site(), std::string synchronous = "FULL");
    ~Story();

    // ---- what is there before
    Story& skus();     // MUG-RED, MUG-BLUE, TEA (case of 12), each with EAN-13, weight and spread
    Story& stock();    // 100 of each: MUG-RED A-01, MUG-BLUE A-02, TEA B-01 and B-02
    Story& tariff();   // JNE REG and YES, everywhere
    Story& numbers();  // JNE REG: RESI0001...
    Story& order(OrderDraft draft);
    static OrderDraft draft(const std::string& number, std::vector<DraftLine> lines);

    // ---- what happens; each returns "kind code", kind one of + - !
    std::string scan(const std::string& station, const std::string& code);
    std::string weigh(const std::string& station, std::int64_t weight_g);
    std::string says(Input input, const std::string& station = "");
    // The label asked for last, drawn and printed by willing devices; its print's outcome.
    std::string draw();
    std::string start_print();
    std::string end_print(Outcome outcome);

    // ---- what is so
    const Answer& last() const { return last_; }
    std::string arg(const std::string& name) const;
    Order order_named(const std::string& number) const;
    Parcel parcel_of(const std::string& number) const;
    std::vector<EffectRow> planned() const { return planned_; }
    const Books& books() const { return ledger_->books(); }
    ledger::Ledger& ledger() { return *ledger_; }
    std::string path() const { return (folder_ / "ledger.db").string(); }
    // Takes these out of what is planned.
    std::vector<EffectRow> take_planned(const std::function<bool(const EffectRow&)>& which);
    Instant now() const { return now_; }
    void pass(std::int64_t ms) { now_.value += ms; }
    void reopen();  // the daemon stops and comes again

 private:
    Site site_;
    std::string synchronous_;
    std::filesystem::path folder_;
    std::unique_ptr<ledger::Ledger> ledger_;
    Instant now_{1'700'000'000'000};
    std::uint64_t settling_ = 0;
    int key_ = 0;
    Answer last_;
    std::vector<EffectRow> planned_;  // not yet performed
    EffectId printing_;
};

}  // namespace kemas::testing
