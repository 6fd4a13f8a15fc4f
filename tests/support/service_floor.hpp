// A bench whose orders need an outside service: packing a red mug there, and the clock that lets
// runner, service and floor go on together. Knows no service.
#pragma once

#include <algorithm>
#include <functional>

#include "runtime/reports.hpp"
#include "tests/support/agenda.hpp"
#include "tests/support/story.hpp"

namespace kemas::testing {

class ServiceFloor {
 public:
    // Goods and a signed-in packer come with `furnish`, once inputs can be said.
    explicit ServiceFloor(Site site) : story(std::move(site), "OFF") {}

    void furnish() {
        story.skus().stock().tariff();
        story.says(StockImported{"more.csv", "h9", {{"A-01", "MUG-RED", "", 20'000, 1, ""}}});
    }
    // As the ledger's thread does: the answer comes after the commit.
    runtime::Reports::Submit submit(std::function<void(const Envelope&)> says) {
        return [this, says = std::move(says)](Envelope envelope, runtime::OnDone on_done) {
            agenda.at(story.now(), [this, says, envelope = std::move(envelope), on_done] {
                Done done;
                says(envelope);
                done.answer = story.last();
                on_done(done);
            });
        };
    }
    // Lets everything happen that is due within so long; `after` each round.
    template <class Runner, class After>
    void let_pass(Runner& runner, std::int64_t ms, After after) {
        const Instant until{story.now().value + ms};
        while (true) {
            runner.tick();
            agenda.run_due(story.now());
            after();
            auto next = runner.next_due();
            if (!agenda.empty() && (!next.value || agenda.next() < next)) next = agenda.next();
            if (!next.value || next > until) break;
            story.pass(std::max<std::int64_t>(1, next.value - story.now().value));
        }
        if (story.now() < until) story.pass(until.value - story.now().value);
    }
    // An open order's red mug, scanned and weighed; never with the weight of the parcel before:
    // that one would have to be lifted first.
    template <class Says>
    std::string pack_mug(const std::string& number, Says says) {
        const auto scan = [&](const std::string& code) {
            return says(CodeScanned{code}, "bench-1");
        };
        if (auto said = scan(number); said != "+order_open") return said;
        if (auto said = scan("4006381333931"); said != "+weigh_now") return said;
        says(LoadDisturbed{"scale-1", 0}, "bench-1");
        heavy_ = !heavy_;
        return says(LoadSettled{"scale-1", 1, grams(heavy_ ? 368 : 352), grams(5), "raw"},
                    "bench-1");
    }

    Story story;
    Agenda agenda;

 private:
    bool heavy_ = false;
};

}  // namespace kemas::testing
