// The making of a rate book, table by table; every fault is told, not only the first. Known to its
// own sources alone: others call make_rate_book().
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/rating/judge.hpp"
#include "core/rating/rate_book.hpp"

namespace kemas::rating {

class BookMaker {
 public:
    explicit BookMaker(const TariffRows& rows) : rows_(rows) {}
    tl::expected<RateBook, std::vector<RowFault>> make();

 private:
    struct Numbered {  // a rate and the row it comes from
        Rate rate;
        std::uint32_t row;
    };
    struct Mapped {  // a zone of one service, and whether its row names all services
        RateBook::Zone zone;
        bool for_all;
        std::size_t row;
    };

    // make_rate_book.cpp
    void head();
    void services();
    void holidays();
    void close_families();
    // The families of a courier that a service name means; "*" = all.
    std::vector<ServiceIndex> meant(std::string_view courier, std::string_view service) const;

    // make_book_places.cpp
    PlaceKey at_home(PlaceKey place) const {
        if (place.country() == book_.country_) place.set_country("");
        return place;
    }
    // A place of a zone or list row, whose faults are told once, by the pass that keeps it.
    template <class Row>
    PlaceKey place_of(const Row& row, Judge* judge) const;
    void places();
    void zones();
    void keep_zones(std::vector<Mapped> mapped);
    void lists();

    // make_book_rates.cpp
    bool plain(const PackedRate& rate) const;
    void rates();
    Rate rate_of(const PackedRate& packed, ServiceIndex service) const;
    void keep_rates(std::vector<Numbered> rates);

    // make_book_surcharges.cpp
    void surcharges();
    std::vector<std::pair<Surcharge, std::size_t>> surcharges_of_services(Judge& judge);

    const TariffRows& rows_;
    RateBook book_;
    std::vector<RowFault> faults_;
    std::set<std::pair<ServiceIndex, PlaceId>> zones_with_places_;
    std::map<std::string, std::int32_t> lists_;
};

inline std::string named(std::string_view courier, std::string_view service) {
    return std::string(courier) + " " + std::string(service);
}

}  // namespace kemas::rating
