// The tariff in force as the read thread sees it, made once for each version. Knows no question.
#pragma once

#include <memory>

#include "core/rating/rate_book.hpp"
#include "ledger/sql_books.hpp"

namespace kemas::app {

class RateShelf {  // of one thread
 public:
    // Half a million rates take about a second to load, once after each import.
    std::shared_ptr<const rating::RateBook> now(const ledger::SqlBooks& books) {
        const auto head = books.tariff_head();
        if (!book_ || book_->version() != head.version) {
            auto made = rating::make_rate_book(books.tariff());
            book_ = std::make_shared<const rating::RateBook>(made ? std::move(*made)
                                                                  : rating::RateBook{});
        }
        return book_;
    }

 private:
    std::shared_ptr<const rating::RateBook> book_;
};

}  // namespace kemas::app
