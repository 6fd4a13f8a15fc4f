#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "core/rating/tariff.hpp"

namespace kemas::rating {
namespace {

// Bounds far outside any contract; within them no product in a quote overflows.
constexpr std::int64_t kMostGrams = 100'000'000;  // 100 t
constexpr std::int64_t kMostDivisor = 1'000'000;
constexpr std::int64_t kMostBasisPoints = 50'000;  // 500 %
constexpr std::int64_t kMostMoney = 100'000'000'000'000;
constexpr std::int64_t kMostPrice = std::numeric_limits<std::uint32_t>::max();

// The faults of one table, row after row.
struct Judge {
    std::vector<RowFault>& faults;
    std::string table;
    std::size_t row = 0;

    bool must(bool holds, std::string column, std::string reason) {
        if (!holds) faults.push_back({table, row, std::move(column), std::move(reason)});
        return holds;
    }
    bool must_lie(std::int64_t value, std::int64_t least, std::int64_t most, std::string column) {
        return must(value >= least && value <= most, std::move(column),
                    std::to_string(value) + " is not between " + std::to_string(least) + " and " +
                        std::to_string(most));
    }
};

std::string named(const std::string& courier, const std::string& service) {
    return courier + " " + service;
}

void check(const ServiceRow& s, Judge& judge) {
    judge.must(!s.courier.empty(), "courier", "is empty");
    judge.must(!s.code.empty() && s.code != "*", "code", "is empty or *");
    judge.must_lie(s.divisor, 0, kMostDivisor, "divisor");
    judge.must_lie(s.volumetric_above_cm3, 0, kMostMoney, "volumetric_above_cm3");
    judge.must_lie(s.step_g, 1, kMostGrams, "step_g");
    judge.must_lie(s.tolerance_g, 0, std::max<std::int64_t>(s.step_g - 1, 0), "tolerance_g");
    judge.must(s.rounding == Rounding::tolerance || s.tolerance_g == 0, "tolerance_g",
               "needs rounding = tolerance");
    judge.must_lie(s.minimum_g, 0, kMostGrams, "minimum_g");
    judge.must_lie(s.max_weight_g, 0, kMostGrams, "max_weight_g");
    judge.must_lie(s.cod_min.value, 0, kMostMoney, "cod_min");
    judge.must_lie(s.cod_max.value, 0, kMostMoney, "cod_max");
    judge.must(s.cod_max.value == 0 || s.cod_min <= s.cod_max, "cod_max", "is below cod_min");
    judge.must_lie(s.transit_days, 0, 365, "transit_days");
}

void check(const SurchargeRow& s, Judge& judge) {
    const bool percent = s.kind != SurchargeKind::flat && s.kind != SurchargeKind::per_kg;
    judge.must(!s.name.empty(), "name", "is empty");
    judge.must_lie(s.amount, 0, percent ? kMostBasisPoints : kMostPrice, "amount");
    judge.must_lie(s.minimum.value, 0, kMostMoney, "minimum");
    judge.must_lie(s.limit.value, 0, kMostMoney, "limit");
    judge.must(s.limit.value == 0 || s.minimum <= s.limit, "limit", "is below minimum");
    judge.must_lie(s.round_up_to.value, 1, kMostMoney, "round_up_to");
}

bool check(const RateRow& r, const ServiceRow* service, Judge& judge) {
    bool good = judge.must(service != nullptr, "service",
                           named(r.courier, r.service) + " is not among the services");
    good &= judge.must(r.area_prefix.size() <= kAreaPrefixLength, "area_prefix",
                       "is longer than " + std::to_string(kAreaPrefixLength) + " characters");
    good &= judge.must(r.area_prefix.find('\0') == std::string::npos, "area_prefix", "holds a NUL");
    good &= judge.must_lie(r.first_g, 1, kMostGrams, "first_g");
    good &= judge.must_lie(r.first_price.value, 0, kMostPrice, "first_price");
    good &= judge.must_lie(r.per_step.value, 0, kMostPrice, "per_step");
    return good;
}

Rate compact(const RateRow& row, ServiceIndex service) {
    Rate rate;
    rate.service = service;
    if (row.area_prefix != "*") {
        std::copy(row.area_prefix.begin(), row.area_prefix.end(), rate.area.begin());
    }
    rate.first_g = static_cast<std::uint32_t>(row.first_g);
    rate.first_price = static_cast<std::uint32_t>(row.first_price.value);
    rate.per_step = static_cast<std::uint32_t>(row.per_step.value);
    return rate;
}

// Sorts `items` by `key` and calls `on_twin(earlier, later)` with the rows of each pair of equals.
template <class Item, class Key, class OnTwin>
void sort_unique(std::vector<std::pair<Item, std::size_t>>& items, Key key, OnTwin on_twin) {
    std::stable_sort(items.begin(), items.end(),
                     [&](const auto& a, const auto& b) { return key(a.first) < key(b.first); });
    for (std::size_t i = 1; i < items.size(); ++i) {
        if (key(items[i - 1].first) == key(items[i].first)) {
            on_twin(items[i - 1].second, items[i].second);
        }
    }
}

}  // namespace

tl::expected<RateBook, std::vector<RowFault>> make_rate_book(const TariffRows& rows) {
    std::vector<RowFault> faults;
    RateBook book;
    book.version_ = rows.version;
    book.currency_ = rows.currency;

    Judge tariff{faults, "tariff"};
    tariff.must(!rows.version.empty(), "version", "is empty");
    tariff.must(rows.currency.code.size() == 3, "currency", "is no ISO 4217 code");
    tariff.must_lie(rows.currency.exponent, 0, 4, "exponent");
    tariff.must(rows.services.size() <= std::numeric_limits<ServiceIndex>::max(), "services",
                "are more than 65535");

    Judge of_services{faults, "services"};
    std::vector<std::pair<ServiceRow, std::size_t>> services;
    for (const auto& row : rows.services) {
        check(row, of_services);
        services.emplace_back(row, of_services.row++);
    }
    sort_unique(
        services, [](const ServiceRow& s) { return std::tie(s.courier, s.code); },
        [&](std::size_t earlier, std::size_t later) {
            faults.push_back({"services", later, "code",
                              named(rows.services[later].courier, rows.services[later].code) +
                                  " is already in row " + std::to_string(earlier)});
        });
    for (auto& [row, from] : services) book.services_.push_back(std::move(row));

    Judge of_rates{faults, "rates"};
    std::vector<std::pair<Rate, std::size_t>> rates;
    rates.reserve(rows.rates.size());
    for (const auto& row : rows.rates) {
        const auto* service = book.service(row.courier, row.service);
        if (check(row, service, of_rates)) {
            rates.emplace_back(compact(row, book.index_of(*service)), of_rates.row);
        }
        ++of_rates.row;
    }
    sort_unique(
        rates, [](const Rate& r) { return std::tie(r.service, r.area); },
        [&](std::size_t earlier, std::size_t later) {
            faults.push_back({"rates", later, "area_prefix",
                              named(rows.rates[later].courier, rows.rates[later].service) +
                                  " has this area already in row " + std::to_string(earlier)});
        });
    book.rates_.reserve(rates.size());
    for (const auto& [rate, from] : rates) book.rates_.push_back(rate);

    Judge of_surcharges{faults, "surcharges"};
    for (const auto& row : rows.surcharges) {
        check(row, of_surcharges);
        bool any = false;
        for (const auto& service : book.services_) {
            if (service.courier != row.courier) continue;
            if (row.service != "*" && row.service != service.code) continue;
            book.surcharges_.push_back({book.index_of(service), row});
            any = true;
        }
        of_surcharges.must(any, "service",
                           named(row.courier, row.service) + " is not among the services");
        ++of_surcharges.row;
    }
    std::stable_sort(book.surcharges_.begin(), book.surcharges_.end(),
                     [](const Surcharge& a, const Surcharge& b) { return a.service < b.service; });

    if (!faults.empty()) return tl::unexpected(std::move(faults));
    return book;
}

}  // namespace kemas::rating
