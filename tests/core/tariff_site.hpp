// One courier's service with a plain price, for tests that add one rule of a tariff to it.
#pragma once

#include <gtest/gtest.h>

#include "core/rating/quote.hpp"

namespace kemas::rating {

inline constexpr Size kSmall{{100}, {100}, {100}};
// 60 x 50 x 40 cm = 120,000 cm3: 20 kg at 6000, 24 at 5000, 30 at 4000.
inline constexpr Size kBulky{{600}, {500}, {400}};

inline ServiceRow service(const char* courier, const char* code, std::int64_t divisor) {
    ServiceRow row;
    row.courier = courier;
    row.code = code;
    row.divisor = divisor;
    return row;
}

struct Site {
    TariffRows t;
    Request request{"JNE", "REG", "31.71", grams(2000), kSmall, {}, {}};

    Site() {
        t.version = "v";
        t.currency = {"IDR", 0};
        auto reg = service("JNE", "REG", 6000);
        reg.cod_allowed = true;
        reg.dangerous_allowed = true;
        t.services = {reg};
        t.rates = {{"JNE", "REG", "", 1000, {10'000}, {10'000}}};
    }
    SurchargeRow& add(const char* name, SurchargeKind kind, std::int64_t amount,
                      When when = When::always) {
        auto& row = t.surcharges.emplace_back();
        row.courier = "JNE";
        row.service = "*";
        row.name = name;
        row.kind = kind;
        row.amount = amount;
        row.when = when;
        return row;
    }
    Quote quoted() const {
        const auto book = make_rate_book(t);
        if (!book) {
            ADD_FAILURE() << book.error()[0].table << " " << book.error()[0].column << " "
                          << book.error()[0].reason;
            return {};
        }
        const auto found = quote(*book, request);
        EXPECT_TRUE(found) << (found ? "" : found.error().what);
        return found.value_or(Quote{});
    }
    Money extra() const { return quoted().total - Money{20'000}; }
};

}  // namespace kemas::rating
