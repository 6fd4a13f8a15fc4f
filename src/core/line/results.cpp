// Results of readers and scale: whose are they, and when is a parcel ready to be asked for.
#include <algorithm>

#include "core/line/turn.hpp"

namespace kemas::line {
namespace {

bool has(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

// What a reader or the scale said while nobody knew where the belt was belongs to no one.
void Turn::void_results(Pulses travel) {
    auto points = layout_.readers;
    if (layout_.scale) points.push_back(*layout_.scale);
    for (auto& one : state_.belt)
        for (const auto& point : points) {
            const auto past = state_.encoder - one.zero - point.at;
            if (one.course != Course::open || past < Pulses{0} || past > travel + point.reach)
                continue;
            if (!has(one.readers, point.name)) one.readers.push_back(point.name);
            reject(one, Reason::unseen_gap);
        }
}

// The one parcel that a result from this point can belong to. When it could be several's, it is
// nobody's, and none of them is sure any more.
Tracked* Turn::at_point(const Reader& point) {
    if (!state_.last_poll || now_.value - state_.last_poll->value > kPositionsKnownFor.value)
        return nullptr;
    std::vector<Tracked*> could_be;
    const Pulses early{point.reach.value / 4};  // the encoder is as old as the last poll
    for (auto& one : state_.belt) {
        const auto past = state_.encoder - one.zero - point.at;
        if (past >= early * -1 && past <= point.reach) could_be.push_back(&one);
    }
    if (could_be.size() == 1) return could_be.front();
    for (auto* one : could_be) {
        reject(*one, Reason::doubtful);
        if (!has(one->readers, point.name)) one->readers.push_back(point.name);
    }
    return nullptr;
}

void Turn::take(const Scanned& scan) {
    for (std::size_t i = 0; i < layout_.readers.size(); ++i)
        if (layout_.readers[i].name == scan.reader) take_result(i, scan.codes);
}

void Turn::take_result(std::size_t index, const std::vector<std::string>& codes) {
    const auto& point = layout_.readers[index];
    auto& reader = state_.readers[index];
    auto* parcel = at_point(point);
    if (reader.heard && state_.encoder - *reader.heard > Pulses{layout_.most_pulses_per_s})
        reader.owes = 0;  // after a pause the next result is the next parcel's
    reader.heard = state_.encoder;
    if (!parcel) return;
    if (has(parcel->readers, point.name)) return reject(*parcel, Reason::two_results, point.name);
    parcel->readers.push_back(point.name);
    if (reader.owes) {
        // Believed again once another reader says the same of the same parcel.
        if (codes.empty() || codes != parcel->codes) return;
        reader.owes = 0;
    }
    for (const auto& code : codes) add_code(*parcel, code);
}

void Turn::add_code(Tracked& parcel, const std::string& code) {
    for (auto& other : state_.belt)
        if (&other != &parcel && has(other.codes, code)) {
            reject(other, Reason::two_results, code);
            reject(parcel, Reason::two_results, code);
        }
    if (has(parcel.codes, code)) return;
    parcel.codes.push_back(code);
    std::sort(parcel.codes.begin(), parcel.codes.end());
}

// A reader that always answers and did not: either the parcel was not there (then it will be missed
// at the next eye) or the reader is late, and its results are not believed.
void Turn::find_owed() {
    for (std::size_t i = 0; i < layout_.readers.size(); ++i) {
        const auto& point = layout_.readers[i];
        if (!point.always_answers) continue;
        for (auto& one : state_.belt) {
            const auto past = state_.encoder - one.zero - point.at;
            if (past <= point.reach || one.course != Course::open || has(one.readers, point.name))
                continue;
            one.readers.push_back(point.name);
            if (state_.readers[i].owes) continue;
            state_.readers[i].owes = one.number;
            act(ReaderLate{point.name});
        }
    }
}

void Turn::take(const Weighed& weighed) {
    if (!layout_.scale) return;
    auto* parcel = weighed.parcel ? find(weighed.parcel) : at_point(*layout_.scale);
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
