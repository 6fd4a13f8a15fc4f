#include "ledger/sql_books.hpp"
#include "ledger/tariff_store.hpp"

namespace kemas::ledger {

void SqlBooks::load_rates() {
    // The rows were checked before they were stored: an empty book stands for "no tariff yet".
    auto book = rating::make_rate_book(load_tariff(*db_));
    rates_ = std::make_shared<const rating::RateBook>(book ? std::move(*book) : rating::RateBook{});
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
