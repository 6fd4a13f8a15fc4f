// Results of readers and scale: whose are they, and when is a parcel ready to be asked for.
#include <algorithm>

#include "core/line/turn.hpp"

namespace kemas::line {

// The one parcel that a result from this point can belong to. When it could be several's, it is
// nobody's, and none of them is sure any more.
Tracked* Turn::at_point(const Reader& point) {
    std::vector<Tracked*> could_be;
    const Pulses early{point.reach.value / 4};  // the encoder is as old as the last poll
    for (auto& one : state_.belt) {
        const auto past = state_.encoder - one.zero - point.at;
        if (past >= early * -1 && past <= point.reach) could_be.push_back(&one);
    }
    if (could_be.size() == 1) return could_be.front();
    for (auto* one : could_be) reject(*one, Reason::doubtful);
    return nullptr;
}

void Turn::take(const Scanned& scan) {
    for (std::size_t i = 0; i < layout_.readers.size(); ++i) {
        if (layout_.readers[i].name != scan.reader) continue;
        auto& reader = state_.readers[i];
        // A reader that owes a result may pay it with the next parcel's: a pause must pass first.
        const Pulses pause{layout_.most_pulses_per_s};
        if (reader.late && (!reader.heard || state_.encoder - *reader.heard > pause))
            reader.late = false;
        reader.heard = state_.encoder;
        auto* parcel = at_point(layout_.readers[i]);
        if (!parcel) return;
        auto& results = parcel->readers;
        if (std::find(results.begin(), results.end(), scan.reader) != results.end())
            return reject(*parcel, Reason::two_results, scan.reader);
        results.push_back(scan.reader);
        if (reader.late) return;
        for (const auto& code : scan.codes) {
            for (auto& other : state_.belt)
                if (&other != parcel &&
                    std::binary_search(other.codes.begin(), other.codes.end(), code)) {
                    reject(other, Reason::two_results, code);
                    reject(*parcel, Reason::two_results, code);
                }
            const auto place = std::lower_bound(parcel->codes.begin(), parcel->codes.end(), code);
            if (place == parcel->codes.end() || *place != code) parcel->codes.insert(place, code);
        }
    }
}

// A reader that always answers and did not: its results are not believed until it has paused.
void Turn::find_owed() {
    for (std::size_t i = 0; i < layout_.readers.size(); ++i) {
        const auto& point = layout_.readers[i];
        if (!point.always_answers) continue;
        for (auto& one : state_.belt) {
            const auto past = state_.encoder - one.zero - point.at;
            if (past <= point.reach || one.course != Course::open) continue;
            auto& results = one.readers;
            if (std::find(results.begin(), results.end(), point.name) != results.end()) continue;
            results.push_back(point.name);
            if (!state_.readers[i].late) act(ReaderLate{point.name});
            state_.readers[i].late = true;
            state_.readers[i].heard = state_.encoder;
        }
    }
}

void Turn::take(const Weighed& weighed) {
    if (!layout_.scale) return;
    auto* parcel = at_point(*layout_.scale);
    if (!parcel) return;
    if (parcel->weighed) return reject(*parcel, Reason::two_results, layout_.scale->name);
    parcel->weighed = true;
    parcel->gross = weighed.gross;
    if (!weighed.gross) reject(*parcel, Reason::weight_refused, weighed.why);
}

void Turn::ask() {
    for (auto& one : state_.belt) {
        if (one.course != Course::open || state_.encoder - one.zero < layout_.decide_at) continue;
        if (one.codes.empty()) {
            reject(one, Reason::no_read);
        } else if (layout_.scale && !one.weighed) {
            reject(one, Reason::not_weighed);
        } else {
            one.course = Course::asked;
            int passes = 1;
            for (const auto& code : one.codes)
                if (const auto known = state_.passes.find(code); known != state_.passes.end())
                    passes = std::max(passes, known->second + 1);
            act(AskLane{one.number, one.codes, one.gross, lanes_open(state_), passes});
        }
    }
}

}  // namespace kemas::line
