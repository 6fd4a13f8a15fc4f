#include <algorithm>
#include <limits>
#include <tuple>

#include "core/rating/book_maker.hpp"

namespace kemas::rating {
namespace {

bool overlap(const ServiceRow& a, const ServiceRow& b) {
    return a.valid_from <= b.valid_to && b.valid_from <= a.valid_to;
}

}  // namespace

tl::expected<RateBook, std::vector<RowFault>> BookMaker::make() {
    book_.version_ = rows_.version;
    book_.currency_ = rows_.currency;
    book_.country_ = rows_.country;
    head();
    services();
    places();
    zones();
    rates();
    lists();
    surcharges();
    holidays();
    close_families();
    if (!faults_.empty()) return tl::unexpected(std::move(faults_));
    return std::move(book_);
}

void BookMaker::head() {
    Judge tariff{faults_, "tariff"};
    tariff.must(!rows_.version.empty(), "version", "is empty");
    tariff.must(rows_.currency.code.size() == 3, "currency", "is no ISO 4217 code");
    tariff.must_lie(rows_.currency.exponent, 0, 4, "exponent");
    tariff.must(rows_.country.size() == 2, "country", "is no ISO 3166 code");
    tariff.must(rows_.services.size() < std::numeric_limits<ServiceIndex>::max(), "services",
                "are more than 65534");
}

void BookMaker::services() {
    Judge judge{faults_, "services"};
    std::vector<std::size_t> order;
    for (const auto& row : rows_.services) {
        check(row, judge);
        judge.must(row.cut_off.empty() || parse_minute(row.cut_off).has_value(), "cut_off",
                   "is no time of day such as 16:00");
        order.push_back(judge.row++);
    }
    const auto key = [&](std::size_t i) {
        const auto& row = rows_.services[i];
        return std::tie(row.courier, row.code, row.valid_from);
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    for (std::size_t n = 0; n < order.size(); ++n) {
        const auto& row = rows_.services[order[n]];
        const auto* before = n > 0 ? &rows_.services[order[n - 1]] : nullptr;
        const bool same =
            before != nullptr && before->courier == row.courier && before->code == row.code;
        if (same && overlap(*before, row)) {
            faults_.push_back({"services", order[n], "code",
                               named(row.courier, row.code) + " is already in row " +
                                   std::to_string(order[n - 1])});
        }
        if (!same) book_.families_.push_back({book_.services_.size(), 0, 0, 0});
        book_.services_.push_back(row);
    }
    book_.ends_.services = book_.services_.size();
}

std::vector<ServiceIndex> BookMaker::meant(std::string_view courier,
                                           std::string_view service) const {
    std::vector<ServiceIndex> found;
    for (ServiceIndex i = 0; i < book_.family_count(); ++i) {
        const auto& row = book_.services_[book_.families_[i].services];
        if (row.courier == courier && (service == "*" || service == row.code)) found.push_back(i);
    }
    return found;
}

void BookMaker::holidays() {
    Judge judge{faults_, "holidays"};
    for (const auto& row : rows_.holidays) {
        judge.must(!row.courier.empty(), "courier", "is empty; * means all");
        judge.must(row.date > kEver && row.date < kForever, "date", "is no day");
        book_.holidays_[row.courier].push_back(row.date);
        ++judge.row;
    }
    for (auto& [courier, days] : book_.holidays_) std::sort(days.begin(), days.end());
}

void BookMaker::close_families() {
    const auto begin_of = [](const auto& items, ServiceIndex family) {
        return static_cast<std::size_t>(
            std::lower_bound(items.begin(), items.end(), family,
                             [](const auto& item, ServiceIndex f) { return item.service < f; }) -
            items.begin());
    };
    for (ServiceIndex i = 0; i < book_.family_count(); ++i) {
        auto& family = book_.families_[i];
        family.rates = begin_of(book_.rates_, i);
        family.zones = begin_of(book_.zones_, i);
        family.surcharges = begin_of(book_.surcharges_, i);
    }
    book_.ends_ = {book_.services_.size(), book_.rates_.size(), book_.zones_.size(),
                   book_.surcharges_.size()};
}

tl::expected<RateBook, std::vector<RowFault>> make_rate_book(const TariffRows& rows) {
    return BookMaker(rows).make();
}

}  // namespace kemas::rating
