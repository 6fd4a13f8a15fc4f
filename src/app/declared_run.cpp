#include "app/declared_run.hpp"

#include <boost/json/serialize.hpp>

#include "core/rating/price.hpp"

namespace kemas::app {
namespace {

constexpr int parcels_a_slice = 2'000;
constexpr std::int64_t most_parcels = 200'000;

Instant midnight(rating::Day day, int utc_offset_minutes) {
    constexpr std::int64_t minute_ms = 60'000, day_minutes = 1440;
    return {(day.value * day_minutes - utc_offset_minutes) * minute_ms};
}

// Freight as the parcel's courier prices it on the day of its label, without cash and insurance:
// those are the same for both loads.
std::optional<Money> price_of(const rating::RateBook& book, const declared::SentParcel& parcel,
                              const DeclaredLoad& load, int utc_offset_minutes) {
    const auto family = book.family(parcel.courier, parcel.service);
    if (!family) return std::nullopt;
    const auto places = book.places("", parcel.area_code, parcel.postal_code);
    const auto day = rating::day_at(parcel.labelled_at, utc_offset_minutes);
    const auto lane = rating::lane_to(book, *family, places, day);
    // A channel that was told no size counts no volume.
    const Size least{{1}, {1}, {1}};
    const rating::Piece piece{load.weight, load.size == Size{} ? least : load.size};
    const rating::Shipment shipment{{&piece, 1}, {}, {}};
    const auto price = rating::price(book, lane, shipment);
    if (price.refusal != rating::Refusal::none) return std::nullopt;
    return price.total;
}

std::int64_t divisor_of(const rating::RateBook& book, const declared::SentParcel& parcel,
                        int utc_offset_minutes) {
    const auto* rules = book.service(parcel.courier, parcel.service,
                                     rating::day_at(parcel.labelled_at, utc_offset_minutes));
    return rules && rules->unit == rating::Unit::kilogram ? rules->divisor : 0;
}

declared::KnownSku sku_of(ReadView view, const declared::Units& units) {
    declared::KnownSku known;
    if (const auto sku = view.books.sku(units.sku)) {
        known.name = sku->name;
        known.weight = sku->weight;
        known.size = sku->size;
    }
    if (const auto row = ledger::listing_of(view.db, units.channel, units.shop, units.sku))
        known.listed = DeclaredLoad{row->weight, row->size};
    return known;
}

}  // namespace

DeclaredRun::DeclaredRun(DeclaredAsk ask, int utc_offset_minutes, std::shared_ptr<RateShelf> rates)
    : ask_(std::move(ask)),
      utc_offset_minutes_(utc_offset_minutes),
      rates_(std::move(rates)),
      cursor_{midnight(ask_.from, utc_offset_minutes),
              midnight({ask_.to.value + 1}, utc_offset_minutes)},
      comparison_(ask_.share_percent * 100) {}

declared::Sources DeclaredRun::sources(ReadView view) const {
    declared::Sources from;
    from.sku = [view](const declared::Units& units) { return sku_of(view, units); };
    from.price = [this](const declared::SentParcel& parcel, const DeclaredLoad& load) {
        return price_of(*book_, parcel, load, utc_offset_minutes_);
    };
    from.divisor = [this](const declared::SentParcel& parcel) {
        return divisor_of(*book_, parcel, utc_offset_minutes_);
    };
    return from;
}

bool DeclaredRun::is_wanted(const declared::SentParcel& parcel) const {
    return (ask_.channel.empty() || ask_.channel == parcel.channel) &&
           (ask_.shop.empty() || ask_.shop == parcel.shop);
}

std::optional<std::string> DeclaredRun::read(ReadView view) {
    if (!book_) book_ = rates_->now(view.books);
    auto slice = ledger::next_sent(view.db, cursor_, parcels_a_slice);
    const auto from = sources(view);
    for (auto& parcel : slice.parcels) {
        if (!is_wanted(parcel)) continue;
        if (const auto carton = view.books.carton(parcel.carton)) {
            parcel.tare = carton->tare;
            parcel.outer = carton->outer;
            parcel.rigid = carton->kind == CartonKind::box;
        }
        comparison_.add(parcel, from);
    }
    const bool cut = !slice.is_last && comparison_.parcels() >= most_parcels;
    if (!slice.is_last && !cut) return std::nullopt;
    return boost::json::serialize(declared_json(ask_, comparison_.finish(), *book_, cut));
}

}  // namespace kemas::app
