#include "app/packing_shelf.hpp"

#include "core/station.hpp"

namespace kemas::app {
namespace {

constexpr std::size_t most_kept = 64;
constexpr std::int64_t minute_ms = 60'000;

// All that the answer hangs on and an import or a scan may change.
std::string asked_text(const ledger::SqlBooks& books, const Order& order) {
    auto orders = books.orders_of_job(order);
    if (orders.empty()) orders.push_back(order);
    std::string text;
    const auto put = [&](std::int64_t value) { text += std::to_string(value) + ','; };
    for (const auto& one : orders) {
        text += one.content_hash + ';';
        for (const auto& line : books.lines(one.id)) {
            text += line.sku + ',';
            put(line.wanted());
            const auto sku = books.sku(line.sku);
            if (!sku) continue;
            text += sku->name + ',' + sku->goods + ',';
            for (const auto value :
                 {sku->size.length.value, sku->size.width.value, sku->size.height.value,
                  sku->weight.value, std::int64_t{sku->upright}, std::int64_t{sku->keep_flat},
                  std::int64_t{sku->fragile}})
                put(value);
            text += ';';
        }
    }
    return text;
}

}  // namespace

std::shared_ptr<const OrderPacking> PackingShelf::of(const ledger::SqlBooks& books,
                                                     const std::shared_ptr<const Site>& site,
                                                     RateShelf& rates, const Order& order,
                                                     Instant now) {
    auto asked = asked_text(books, order);
    auto book = rates.now(books);
    const auto minute = now.value / minute_ms;
    for (auto kept = kept_.begin(); kept != kept_.end(); ++kept) {
        if (kept->order != order.id) continue;
        if (kept->asked == asked && kept->site == site && kept->book == book &&
            kept->minute == minute) {
            kept_.splice(kept_.begin(), kept_, kept);
            return kept_.front().packing;
        }
        kept_.erase(kept);
        break;
    }
    auto packing =
        std::make_shared<const OrderPacking>(packing_of(books, *site, *book, order, now));
    kept_.push_front({order.id, std::move(asked), site, std::move(book), minute, packing});
    if (kept_.size() > most_kept) kept_.pop_back();
    return packing;
}

std::optional<Order> packed_at(ReadView view, const std::string& station) {
    auto rows = view.db.query("SELECT order_id FROM stations WHERE name = ?1 AND stage = ?2",
                              station, static_cast<std::int64_t>(Stage::items));
    return rows.next() ? view.books.order({rows.integer(0)}) : std::nullopt;
}

}  // namespace kemas::app
