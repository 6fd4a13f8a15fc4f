// What a courier says became of a parcel it took: told on once for each change.
#include <algorithm>

#include "core/floor/flows.hpp"
#include "core/rules/ends.hpp"
#include "core/rules/numbers.hpp"
#include "core/rules/rules.hpp"

namespace kemas {
namespace {

bool is_news(const Turn& turn, const NumberAsk& ask, const ParcelTracked& in) {
    return in.status != Tracked::none && in.status != ask.tracked && !is_over(ask.tracked) &&
           in.at >= ask.tracked_at && (in.at - turn.now()).value <= kCourierClockAhead.value;
}

bool arrived(const Turn& turn, const Parcel& parcel) {
    const auto asks = turn.books.asks_of(parcel.id);
    return !asks.empty() && asks.back().tracked == Tracked::delivered;
}

bool all_arrived(const Turn& turn, const Order& order, ParcelId this_one) {
    return std::ranges::all_of(turn.books.parcels_of(order.id), [&](const auto& parcel) {
        return parcel.id == this_one || parcel.voided_at.value || arrived(turn, parcel);
    });
}

}  // namespace

void on_parcel_tracked(Turn& turn, const ParcelTracked& in) {
    auto ask = turn.books.ask_by_reference(in.reference);
    const auto parcel = ask ? turn.books.parcel(ask->parcel) : std::nullopt;
    if (!parcel || ask->state != AskState::given || !is_news(turn, *ask, in))
        return turn.accept("tracking_known", {{"reference", in.reference}});
    count_told(turn, *parcel, *ask, in);
    ask->tracked = in.status;
    ask->tracked_at = in.at;
    ask->tracked_place = in.place;
    turn.change(PutAsk{*ask});
    const std::string status(to_text(in.status));
    for (const auto& order : orders_in(turn, *parcel)) {
        auto fact = parcel_fact(order, *parcel, status, ask->courier);
        fact.reason = in.place;
        turn.fact(std::move(fact));
        if (in.status == Tracked::delivered && order.state == OrderState::shipped &&
            all_arrived(turn, order, parcel->id))
            set_state(turn, order, OrderState::delivered, ask->courier, "");
    }
    if (is_trouble(in.status))
        return turn.attention("parcel_trouble", {{"tracking", ask->number},
                                                 {"courier", ask->courier},
                                                 {"status", status},
                                                 {"place", in.place}});
    turn.accept("parcel_tracked", {{"tracking", ask->number}, {"status", status}});
}

}  // namespace kemas
