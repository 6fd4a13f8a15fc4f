// A floor with one bench and a dock whose orders a marketplace arranges: real core, ledger, runner
// and parser; the market and the clock are simulated.
#pragma once

#include "runtime/channel_runner.hpp"
#include "tests/channel/virtual_channel.hpp"
#include "tests/support/story.hpp"

namespace kemas::testing {

class MarketHouse {
 public:
    explicit MarketHouse(sim::MarketWorld::Options options = {}, Site site = site_with_market());

    static Site site_with_market();  // channel "shopee", horizon 60 s
    // An order of one red mug whose package "PKG<number>" the market is to arrange.
    std::string order(const std::string& number);
    // Opens, packs and weighs it at the bench: what the weight's answer was.
    std::string pack(const std::string& number);
    // From a weighed parcel with its label: printed, scanned back; "" = it is staged.
    std::string finish(const std::string& number);
    std::string hand_over(const std::string& number);
    // Lets everything happen that is due within so long.
    void pass(std::int64_t ms);
    // Until no act is left, at most so long; false = some are.
    bool settle(std::int64_t most_ms);
    void restart();  // the daemon is killed and comes again; answers on their way are lost
    std::string says(Input input, const std::string& station = "");
    std::string scan(const std::string& code) { return says(CodeScanned{code}, "bench-1"); }
    Parcel parcel(const std::string& number) const { return story.parcel_of(number); }
    ChannelPackage package(const std::string& number) const;
    std::string label_of(const std::string& number) const;  // its bytes; "" = none
    sim::MarketWorld::Package& at_market(const std::string& number) {
        return world.package("PKG" + number);
    }

    Story story;
    sim::MarketWorld world;
    Agenda agenda;
    std::unique_ptr<VirtualChannel> channel;
    std::unique_ptr<runtime::ChannelRunner> runner;

 private:
    void start_runner();
    void hand_over_effects();
    void read_label_files();

    int starts_ = 0;
    bool heavy_ = false;
};

}  // namespace kemas::testing
