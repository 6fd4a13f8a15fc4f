// What a runner tells the books, each report under a key of its own of this start, and the end of
// all callbacks: what comes back after stop() finds nobody. Knows no act.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "runtime/inbox.hpp"

namespace kemas::runtime {

class Reports {
 public:
    using Submit = std::function<void(Envelope, OnDone)>;
    Reports(Submit submit, std::string epoch)
        : submit_(std::move(submit)), epoch_(std::move(epoch)) {}

    // `about`: what it is about, the start of its key.
    template <class OnTold>
    void tell(const std::string& about, const std::string& station, Input input, OnTold on_told) {
        submit_({about + ":" + epoch_ + ":" + std::to_string(++count_), station, std::move(input)},
                guarded(std::move(on_told)));
    }
    template <class OnTold>
    void start(EffectId id, const std::string& station, OnTold on_told) {
        tell("start:" + to_text(id), station, EffectStarted{id}, std::move(on_told));
    }
    // Calls `on_answer` only while the runner is.
    template <class OnAnswer>
    auto guarded(OnAnswer on_answer) const {
        return [alive = std::weak_ptr<int>(alive_),
                on_answer = std::move(on_answer)](auto&&... answer) {
            if (alive.lock()) on_answer(std::forward<decltype(answer)>(answer)...);
        };
    }
    void stop() { alive_.reset(); }
    bool stopped() const { return !alive_; }

 private:
    Submit submit_;
    std::string epoch_;
    std::uint64_t count_ = 0;
    std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace kemas::runtime
