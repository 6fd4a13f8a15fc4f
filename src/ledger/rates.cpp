#include "ledger/sql_books.hpp"
#include "ledger/tariff_store.hpp"

namespace kemas::ledger {

void SqlBooks::load_rates() {
    // The rows were checked before they were stored: an empty book stands for "no tariff yet".
    auto book = rating::make_rate_book(load_tariff(*db_));
    rates_ = std::make_shared<const rating::RateBook>(book ? std::move(*book) : rating::RateBook{});
}

const rating::Reliability& SqlBooks::reliability(rating::Day from, rating::Day today) const {
    if (reliability_.from == from && reliability_.today == today) return reliability_.counted;
    std::vector<rating::ReliabilityRow> counted;
    auto rows = db_->query(
        "SELECT courier, service, area, sum(sent), sum(on_time), sum(returned), sum(lost) FROM "
        "parcel_ends WHERE day >= ?1 AND day < ?2 GROUP BY courier, service, area",
        from.value, today.value);
    while (rows.next())
        counted.push_back({rows.text(0), rows.text(1), rows.text(2), rows.integer(3),
                           rows.integer(4), rows.integer(5), rows.integer(6)});
    reliability_ = {from, today, rating::Reliability(rating::with_areas_around(counted))};
    return reliability_.counted;
}

rating::TariffRows SqlBooks::tariff() const {
    return load_tariff(*db_);
}

SqlBooks::TariffHead SqlBooks::tariff_head() const {
    auto rows = db_->query(
        "SELECT row ->> 'version', row ->> 'currency' FROM tariff WHERE record = 'tariff'");
    if (!rows.next()) return {};
    return {rows.text(0), rows.text(1)};
}

}  // namespace kemas::ledger
