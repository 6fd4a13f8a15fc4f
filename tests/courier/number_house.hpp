// A floor with one bench whose courier gives numbers over the contract: real core, ledger, runner
// and parser; the courier and the clock are simulated.
#pragma once

#include "runtime/courier_runner.hpp"
#include "tests/courier/virtual_courier.hpp"
#include "tests/support/story.hpp"

namespace kemas::testing {

class NumberHouse {
 public:
    explicit NumberHouse(sim::CourierWorld::Options options = {},
                         Site site = site_with_courier(false));

    // JNE REG over HTTP, JNE YES from the pool.
    static Site site_with_courier(bool idempotent);
    // An order of one red mug for a person of that name, packed and weighed: "+number_coming".
    std::string weigh_one(const std::string& number);
    // Scans it again, draws, prints and scans the label; "" = it is staged, else what came instead.
    std::string finish(const std::string& number);
    // Lets everything happen that is due within so long.
    void pass(std::int64_t ms);
    // Until no act is left, at most so long; false = some are.
    bool settle(std::int64_t most_ms);
    // A person calls the courier about each number in doubt that was asked for so long ago, has all
    // but one voided there, and says which it is. Returns how many were in doubt.
    std::size_t answer_questions(std::int64_t after_ms);
    void restart();  // the daemon is killed and comes again; answers on their way are lost
    std::string says(Input input, const std::string& station = "");
    std::string scan(const std::string& code) { return says(CodeScanned{code}, "bench-1"); }
    NumberAsk ask_of(const std::string& number, std::size_t parcel = 0) const;

    Story story;
    sim::CourierWorld world;
    Agenda agenda;
    std::unique_ptr<VirtualCourier> courier;
    std::unique_ptr<runtime::CourierRunner> runner;

 private:
    void start_runner();
    void hand_over_effects();
    void tell_breaker();  // as the daemon's watch of devices does

    int starts_ = 0;
    bool heavy_ = false;
    std::map<std::string, bool> told_up_;
};

}  // namespace kemas::testing
