#include <algorithm>
#include <limits>
#include <set>
#include <tuple>
#include <utility>

#include "core/rating/judge.hpp"
#include "core/rating/rate_book.hpp"

namespace kemas::rating {
namespace {

std::string named(std::string_view courier, std::string_view service) {
    return std::string(courier) + " " + std::string(service);
}

bool overlap(Day from_a, Day to_a, Day from_b, Day to_b) {
    return from_a <= to_b && from_b <= to_a;
}

// The names of "fuel|remote".
std::vector<std::string_view> names_in(std::string_view of) {
    std::vector<std::string_view> names;
    while (!of.empty()) {
        const auto bar = of.find('|');
        names.push_back(of.substr(0, bar));
        of = bar == std::string_view::npos ? std::string_view{} : of.substr(bar + 1);
    }
    return names;
}

}  // namespace

class BookMaker {
 public:
    explicit BookMaker(const TariffRows& rows) : rows_(rows) {}

    tl::expected<RateBook, std::vector<RowFault>> make() {
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

 private:
    void head() {
        Judge tariff{faults_, "tariff"};
        tariff.must(!rows_.version.empty(), "version", "is empty");
        tariff.must(rows_.currency.code.size() == 3, "currency", "is no ISO 4217 code");
        tariff.must_lie(rows_.currency.exponent, 0, 4, "exponent");
        tariff.must(rows_.country.size() == 2, "country", "is no ISO 3166 code");
        tariff.must(rows_.services.size() < std::numeric_limits<ServiceIndex>::max(), "services",
                    "are more than 65534");
    }

    void services() {
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
            if (same &&
                overlap(before->valid_from, before->valid_to, row.valid_from, row.valid_to)) {
                faults_.push_back({"services", order[n], "code",
                                   named(row.courier, row.code) + " is already in row " +
                                       std::to_string(order[n - 1])});
            }
            if (!same) book_.families_.push_back({book_.services_.size(), 0, 0, 0});
            book_.services_.push_back(row);
        }
        book_.ends_.services = book_.services_.size();
    }

    PlaceKey at_home(PlaceKey place) const {
        if (place.country() == book_.country_) place.set_country("");
        return place;
    }

    // A place of a zone or list row, whose faults are told once, by the pass that keeps it.
    template <class Row>
    PlaceKey place_of(const Row& row, Judge* judge) const {
        std::optional<PlaceFault> fault;
        const auto place = make_place(row.area_prefix, row.country, row.postal, "", fault);
        if (fault && judge != nullptr) judge->must(false, fault->column.c_str(), fault->reason);
        return at_home(place);
    }

    void places() {
        std::vector<PlaceKey> keys;
        keys.reserve(rows_.rates.size() + rows_.zones.size() * 2 + rows_.listed_areas.size());
        for (const auto& packed : rows_.rates.packed()) {
            const auto place = at_home(packed.place);
            if (keys.empty() || keys.back() != place) keys.push_back(place);
        }
        for (const auto& row : rows_.zones) {
            keys.push_back(place_of(row, nullptr));
            keys.push_back(PlaceKey::zone(row.zone));
        }
        for (const auto& row : rows_.listed_areas) keys.push_back(place_of(row, nullptr));
        book_.places_ = PlaceTable(std::move(keys));
        Judge judge{faults_, "tariff"};
        judge.must(book_.places_.most_overlapping_ranges() <= kMostRanges, "postal",
                   "more than " + std::to_string(kMostRanges) + " postal ranges overlap");
    }

    // The families of a courier that a service name means; "*" = all.
    std::vector<ServiceIndex> meant(std::string_view courier, std::string_view service) const {
        std::vector<ServiceIndex> found;
        for (ServiceIndex i = 0; i < book_.family_count(); ++i) {
            const auto& row = book_.services_[book_.families_[i].services];
            if (row.courier == courier && (service == "*" || service == row.code))
                found.push_back(i);
        }
        return found;
    }

    void zones() {
        Judge judge{faults_, "zones"};
        struct Mapped {
            RateBook::Zone zone;
            bool for_all;
            std::size_t row;
        };
        std::vector<Mapped> mapped;
        for (const auto& row : rows_.zones) {
            const auto place = book_.places_.id_of(place_of(row, &judge));
            judge.must(!row.zone.empty() && row.zone.size() <= kZoneLength, "zone",
                       "is empty or longer than " + std::to_string(kZoneLength) + " characters");
            const auto families = meant(row.courier, row.service);
            judge.must(!families.empty(), "service",
                       named(row.courier, row.service) + " is not among the services");
            const auto zone = book_.places_.id_of(PlaceKey::zone(row.zone));
            for (const auto family : families) {
                mapped.push_back({{family, place, zone}, row.service == "*", judge.row});
                zones_with_places_.emplace(family, zone);
            }
            ++judge.row;
        }
        const auto key = [](const Mapped& m) { return std::tie(m.zone.service, m.zone.place); };
        std::stable_sort(mapped.begin(), mapped.end(), [&](const Mapped& a, const Mapped& b) {
            return std::tuple(key(a), a.for_all) < std::tuple(key(b), b.for_all);
        });
        for (std::size_t i = 0; i < mapped.size(); ++i) {
            if (i > 0 && key(mapped[i - 1]) == key(mapped[i])) {
                if (mapped[i - 1].for_all != mapped[i].for_all)
                    continue;  // the service's own counts
                faults_.push_back(
                    {"zones", mapped[i].row, "zone",
                     "this place is already in row " + std::to_string(mapped[i - 1].row)});
                continue;
            }
            book_.zones_.push_back(mapped[i].zone);
        }
    }

    bool plain(const PackedRate& rate) const {
        const auto& terms = rows_.rates.terms()[rate.terms];
        return rate.first_g >= 1 && rate.first_g <= kMostGrams && rate.up_to_g <= kMostGrams &&
               terms.per_step_g <= kMostGrams && terms.valid_from <= terms.valid_to;
    }

    void rates() {
        Judge judge{faults_, "rates"};
        book_.terms_ = rows_.rates.terms();
        std::vector<tl::expected<ServiceIndex, bool>> families;
        for (const auto& [courier, service] : rows_.rates.names())
            families.push_back(book_.family(courier, service));
        struct Numbered {
            Rate rate;
            std::uint32_t row;
        };
        std::vector<Numbered> rates;
        rates.reserve(rows_.rates.size());
        for (const auto& packed : rows_.rates.packed()) {
            const bool odd = packed.name == RateRows::kOdd;
            if (odd || !families[packed.name] || !plain(packed)) {
                const auto row = rows_.rates[judge.row];
                check(row, book_.family(row.courier, row.service).has_value(), judge);
            } else {
                Rate rate;
                rate.service = *families[packed.name];
                rate.terms = packed.terms;
                rate.place = book_.places_.id_of(at_home(packed.place));
                rate.up_to_g = packed.up_to_g == 0 ? std::numeric_limits<std::uint32_t>::max()
                                                   : packed.up_to_g;
                rate.first_g = packed.first_g;
                rate.first_price = packed.first_price;
                rate.per_step = packed.per_step;
                if (packed.place.kind() == PlaceKind::zone) {
                    judge.must(zones_with_places_.contains({rate.service, rate.place}), "zone",
                               "no place lies in zone " + std::string(packed.place.text()));
                }
                rates.push_back({rate, static_cast<std::uint32_t>(judge.row)});
            }
            ++judge.row;
        }
        const auto place_of = [](const Rate& r) { return std::tie(r.service, r.place, r.up_to_g); };
        const auto less = [&](const Numbered& a, const Numbered& b) {
            if (place_of(a.rate) != place_of(b.rate)) return place_of(a.rate) < place_of(b.rate);
            const auto from_a = book_.terms_[a.rate.terms].valid_from;
            const auto from_b = book_.terms_[b.rate.terms].valid_from;
            return std::tie(from_a, a.row) < std::tie(from_b, b.row);
        };
        if (!std::is_sorted(rates.begin(), rates.end(), less))
            std::sort(rates.begin(), rates.end(), less);
        book_.rates_.reserve(rates.size());
        for (std::size_t i = 0; i < rates.size(); ++i) {
            book_.rates_.push_back(rates[i].rate);
            if (i == 0 || place_of(rates[i - 1].rate) != place_of(rates[i].rate)) continue;
            if (book_.terms_[rates[i - 1].rate.terms].valid_to <
                book_.terms_[rates[i].rate.terms].valid_from) {
                continue;
            }
            const auto row = rows_.rates[rates[i].row];
            faults_.push_back({"rates", rates[i].row, "area_prefix",
                               named(row.courier, row.service) + " has this area already in row " +
                                   std::to_string(rates[i - 1].row)});
        }
    }

    void lists() {
        Judge judge{faults_, "listed_areas"};
        for (const auto& row : rows_.listed_areas) {
            judge.must(!row.list.empty(), "list", "is empty");
            const auto number = static_cast<std::int32_t>(lists_.size());
            const auto list = lists_.emplace(row.list, number).first->second;
            book_.listed_.push_back({list, book_.places_.id_of(place_of(row, &judge))});
            ++judge.row;
        }
        std::sort(book_.listed_.begin(), book_.listed_.end());
    }

    void surcharges() {
        Judge judge{faults_, "surcharges"};
        std::vector<std::pair<Surcharge, std::size_t>> found;
        for (const auto& row : rows_.surcharges) {
            check(row, judge);
            Surcharge surcharge{0, row, 0, 0, -1};
            if (!row.area_list.empty()) {
                const auto list = lists_.find(row.area_list);
                if (judge.must(list != lists_.end(), "area_list",
                               "no place is in the list " + row.area_list)) {
                    surcharge.list = list->second;
                }
            }
            const auto families = meant(row.courier, row.service);
            judge.must(!families.empty(), "service",
                       named(row.courier, row.service) + " is not among the services");
            for (const auto family : families) {
                surcharge.service = family;
                found.emplace_back(surcharge, judge.row);
            }
            ++judge.row;
        }
        std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
            return std::tuple(a.first.service, a.first.row.tax) <
                   std::tuple(b.first.service, b.first.row.tax);
        });
        std::vector<std::string> names;
        for (auto& [surcharge, row] : found) {
            judge.row = row;
            if (book_.surcharges_.empty() || book_.surcharges_.back().service != surcharge.service)
                names.clear();
            for (const auto name : names_in(surcharge.row.of)) {
                const auto place = std::find(names.begin(), names.end(), name);
                if (judge.must(place != names.end(), "of",
                               "no surcharge before it is named " + std::string(name))) {
                    surcharge.base |= std::uint64_t{1} << (place - names.begin());
                }
            }
            auto slot = std::find(names.begin(), names.end(), surcharge.row.name);
            if (slot == names.end()) {
                if (!judge.must(names.size() < kMostLineNames, "name",
                                "a service has more than " + std::to_string(kMostLineNames) +
                                    " names of surcharges")) {
                    continue;
                }
                slot = names.insert(names.end(), surcharge.row.name);
            }
            surcharge.slot = static_cast<std::uint8_t>(slot - names.begin());
            book_.surcharges_.push_back(std::move(surcharge));
        }
    }

    void holidays() {
        Judge judge{faults_, "holidays"};
        for (const auto& row : rows_.holidays) {
            judge.must(!row.courier.empty(), "courier", "is empty; * means all");
            judge.must(row.date > kEver && row.date < kForever, "date", "is no day");
            book_.holidays_[row.courier].push_back(row.date);
            ++judge.row;
        }
        for (auto& [courier, days] : book_.holidays_) std::sort(days.begin(), days.end());
    }

    void close_families() {
        const auto begin_of = [](const auto& items, ServiceIndex family) {
            return static_cast<std::size_t>(std::lower_bound(items.begin(), items.end(), family,
                                                             [](const auto& item, ServiceIndex f) {
                                                                 return item.service < f;
                                                             }) -
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

    const TariffRows& rows_;
    RateBook book_;
    std::vector<RowFault> faults_;
    std::set<std::pair<ServiceIndex, PlaceId>> zones_with_places_;
    std::map<std::string, std::int32_t> lists_;
};

tl::expected<RateBook, std::vector<RowFault>> make_rate_book(const TariffRows& rows) {
    return BookMaker(rows).make();
}

}  // namespace kemas::rating
