#include "drivers/bus/unanswered.hpp"

#include <algorithm>

namespace kemas::bus {
namespace {

// Both would be answered by bytes that look alike.
bool alike(const Query& one, const Query& other) {
    return one.function_code == other.function_code && answer_bytes(one) == answer_bytes(other);
}

// An answer to `open` could be taken for one to `query`. A write's exception too: it would say that
// nothing was done.
bool mistakable(const Query& open, const Query& query) {
    return query.writes() ? open.function_code == query.function_code : alike(open, query);
}

Query reading_near(const Query& write) {
    Query read;
    read.unit = write.unit;
    read.function_code = write.function_code == 5 ? 1 : 3;
    read.start = write.start;
    return read;
}

}  // namespace

void Unanswered::note(const Query& query, Moment now) {
    auto& open = units_[query.unit].open;
    open.push_back({query, now});
    if (open.size() > kMostOpen) open.pop_front();
}

void Unanswered::answered(const Query& query) {
    Unit& unit = units_[query.unit];
    unit.open.clear();
    if (!query.writes()) unit.known = query;
}

void Unanswered::refused(const Query& query, Moment now) {
    // At worst it is the exception of the oldest: what was asked after it stays open.
    auto& open = units_[query.unit].open;
    open.push_back({query, now});
    const auto oldest = std::find_if(open.begin(), open.end(), [&](const Open& one) {
        return one.query.function_code == query.function_code;
    });
    open.erase(open.begin(), oldest + 1);
}

std::optional<Query> Unanswered::question_before(const Query& query, Moment now) {
    Unit& unit = units_[query.unit];
    std::erase_if(unit.open, [&](const Open& one) { return now - one.since >= kLongestLateness; });
    const auto& open = unit.open;
    if (std::none_of(open.begin(), open.end(),
                     [&](const Open& one) { return mistakable(one.query, query); }))
        return std::nullopt;

    Query question = query;
    if (query.writes()) question = unit.known.value_or(reading_near(query));
    const int start = question.start;
    const auto is_new = [&](int count) {
        question.count = static_cast<std::uint16_t>(count);
        question.start = static_cast<std::uint16_t>(std::min<int>(start, 0x10000 - count));
        return wrong_with(question).empty() &&
               std::none_of(open.begin(), open.end(),
                            [&](const Open& one) { return alike(one.query, question); });
    };
    // A part of what it was asked for is what a unit is most likely to tell.
    const int asked = question.count;
    for (int count = asked; count >= 1; --count)
        if (is_new(count)) return question;
    int count = asked + 1;
    while (!is_new(count)) ++count;  // ends: there are more shapes than open questions
    return question;
}

}  // namespace kemas::bus
