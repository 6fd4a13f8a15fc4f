// Which packaging a period used, and which sizes would have saved how much: works on the read
// thread in short slices, so that scans and pages are answered between them. Knows no HTTP.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/read_thread.hpp"
#include "core/cartonize/assortment.hpp"
#include "core/site.hpp"

namespace kemas::app {

// A packaging of the site as parcels really went out in it.
struct PackagingUse {
    std::int64_t parcels = 0;
    std::int64_t inner_mm3 = 0, goods_mm3 = 0;  // of those whose goods all have a size; boxes only
};

struct PeriodReport {
    cartonize::AssortmentReport planned;
    std::vector<cartonize::Carton> cartons;  // those whose inside is known
    std::vector<std::string> codes;          // of `cartons`
    std::map<std::string, PackagingUse> used;  // by code; what the site no longer has, too
    std::int64_t parcels = 0, orders = 0;
    std::int64_t unsized = 0;   // orders left out: the size of some goods is not known
    std::string unsized_goods;  // a few of them
    bool cut = false;           // too many, or too long: counted up to `until` alone
    Instant until;
};

struct PeriodAsk {
    Instant from, to;  // staged at; `to` is not in it
    std::vector<Size> wanted;
    std::int64_t most_orders = 20'000;
    int most_ms = 20'000;
};

class AssortmentRun : public std::enable_shared_from_this<AssortmentRun> {
 public:
    // On the read thread. Whoever hears it is let go when the run ends, however it ends.
    using OnReport = std::function<void(ReadView, const PeriodReport&)>;
    AssortmentRun(ReadThread& reader, std::shared_ptr<const Site> site, PeriodAsk asked,
                  OnReport on_report);

    // Asks for the next slice; false = the read thread has too much to do.
    bool go_on();

 private:
    bool slice(ReadView view);  // true = there is more
    void take_parcel(ReadView view, const Parcel& parcel);
    void take_order(ReadView view, OrderId id);
    void end(ReadView view);

    ReadThread& reader_;
    std::shared_ptr<const Site> site_;
    PeriodAsk asked_;
    OnReport on_report_;
    PeriodReport report_;
    std::unique_ptr<cartonize::Assortment> assortment_;
    std::set<std::int64_t> jobs_;  // by their first order
    std::int64_t at_ms_ = 0, at_id_ = 0, began_ms_ = 0;
};

}  // namespace kemas::app
