#include "app/packing_desk.hpp"

#include <boost/asio/post.hpp>

#include "app/wall_clock.hpp"

namespace kemas::app {

PackingDesk::PackingDesk(boost::asio::any_io_executor loop, ReadThread& reader,
                         std::shared_ptr<RateShelf> rates, const std::shared_ptr<const Site>& site)
    : loop_(std::move(loop)), reader_(reader), rates_(std::move(rates)), site_(site) {}

bool PackingDesk::starts(const std::string& station, const Answer& answer) const {
    if (answer.code != "order_open" && answer.code != "order_open_owed" &&
        answer.code != "already_open")
        return false;
    const auto plan = site_->stations.find(station);
    return site_->policy.packing.suggest && plan != site_->stations.end() &&
           plan->second.kind == StationKind::bench;
}

void PackingDesk::suggest(const std::string& station,
                          std::function<void(std::optional<Suggestion>)> on_suggestion) {
    const bool asked = reader_.ask([this, site = site_, station, on_suggestion](ReadView view) {
        std::optional<Suggestion> told;
        if (const auto order = packed_at(view, station)) {
            const auto found = packing(view, site, *order);
            const auto& why = found->refused.code;
            if (why.empty())
                told = {order->key, packing_suggestion(found->ask, found->plan)};
            else if (why != "packing_no_cartons" && why != "packing_nothing")
                told = {order->key, found->refused};
        }
        boost::asio::post(loop_, [on_suggestion, told = std::move(told)] { on_suggestion(told); });
    });
    if (!asked) on_suggestion(std::nullopt);
}

std::shared_ptr<const OrderPacking> PackingDesk::packing(ReadView view,
                                                         const std::shared_ptr<const Site>& site,
                                                         const Order& order) {
    return shelf_.of(view.books, site, *rates_, order, wall_clock());
}

}  // namespace kemas::app
