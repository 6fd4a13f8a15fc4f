// Acts towards outside services until each is settled: which are due, and how long one that was
// looked at without an end waits for the next look. Knows no service and no clock.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/books.hpp"

namespace kemas::runtime {

struct ServiceAct {
    EffectRow effect;
    Instant due;
    int looked = 0;
    bool busy = false;
};

// Between two looks of one act: doubled each time.
struct LookPause {
    Milliseconds first{1'000}, most{60'000};
};

// The pause before the next look; the one after it is longer.
inline Milliseconds next_pause(ServiceAct& act, const LookPause& pause) {
    return {std::min(pause.most.value, pause.first.value << std::min(act.looked++, 16))};
}

// `Act` is a ServiceAct and what its service needs beside it.
template <class Act>
class ServiceActs {
 public:
    void add(Act act) {
        const auto id = act.effect.id;
        acts_.try_emplace(id, std::move(act));
    }
    Act* find(EffectId id) {
        const auto it = acts_.find(id);
        return it == acts_.end() ? nullptr : &it->second;
    }
    void erase(EffectId id) { acts_.erase(id); }
    std::size_t size() const { return acts_.size(); }
    // The longest due first.
    std::vector<EffectId> due(Instant now) const {
        std::vector<std::pair<Instant, EffectId>> found;
        for (const auto& [id, act] : acts_)
            if (!act.busy && act.due <= now) found.emplace_back(act.due, id);
        std::sort(found.begin(), found.end());
        std::vector<EffectId> ids;
        for (const auto& each : found) ids.push_back(each.second);
        return ids;
    }
    std::size_t waiting_for(const std::string& service) const {
        return static_cast<std::size_t>(
            std::count_if(acts_.begin(), acts_.end(),
                          [&](const auto& each) { return each.second.effect.device == service; }));
    }
    auto begin() const { return acts_.begin(); }
    auto end() const { return acts_.end(); }

 private:
    std::map<EffectId, Act> acts_;
};

}  // namespace kemas::runtime
