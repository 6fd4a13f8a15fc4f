#include "core/rules/ends.hpp"

namespace kemas {
namespace {

using rating::ReliabilityRow;

ReliabilityRow end_of(const Turn& turn, const Parcel& parcel, Tracked told, Instant at) {
    const bool on_time = rating::day_at(at, turn.policy.utc_offset_minutes) <=
                         parcel.promised.value_or(rating::kEver);
    ReliabilityRow end;
    end.sent = told == Tracked::delivered || told == Tracked::returned || told == Tracked::lost;
    end.on_time = told == Tracked::delivered && on_time;
    end.returned = told == Tracked::returned;
    end.lost = told == Tracked::lost;
    return end;
}

void count(Turn& turn, const Parcel& parcel, const ReliabilityRow& before,
           const ReliabilityRow& now) {
    const auto order = turn.books.order(parcel.order);
    if (parcel.arranged != Arranger::us || !parcel.promised || !order) return;
    CountEnds ends{rating::day_at(turn.now(), turn.policy.utc_offset_minutes),
                   {parcel.courier, parcel.service, order->area_code}};
    auto& counts = ends.counts;
    counts.sent = now.sent - before.sent;
    counts.on_time = now.on_time - before.on_time;
    counts.returned = now.returned - before.returned;
    counts.lost = now.lost - before.lost;
    if (counts.sent || counts.on_time || counts.returned || counts.lost)
        turn.change(std::move(ends));
}

}  // namespace

void count_told(Turn& turn, const Parcel& parcel, const NumberAsk& ask, const ParcelTracked& now) {
    if (parcel.returned_at.value) return;  // its end is known already
    count(turn, parcel, end_of(turn, parcel, ask.tracked, ask.tracked_at),
          end_of(turn, parcel, now.status, now.at));
}

void count_returned(Turn& turn, const Parcel& parcel) {
    const auto asks = turn.books.asks_of(parcel.id);
    if (asks.empty() || asks.back().state != AskState::given) return;
    const auto& ask = asks.back();
    if (ask.tracked == Tracked::none || is_over(ask.tracked)) return;
    count(turn, parcel, end_of(turn, parcel, ask.tracked, ask.tracked_at),
          end_of(turn, parcel, Tracked::returned, turn.now()));
}

}  // namespace kemas
