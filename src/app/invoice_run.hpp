// A courier's invoice priced again, each parcel by the tariff that its label was priced with. Works
// in slices, so that a long invoice keeps no page waiting. Knows no HTTP.
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/rate_shelf.hpp"
#include "app/read_thread.hpp"
#include "core/rating/rerate.hpp"

namespace kemas::app {

class InvoiceRun {  // of the read thread
 public:
    // At most so many versions are loaded, those of most parcels; the parcels of the others are
    // priced by the one in force, and say so.
    InvoiceRun(std::vector<rating::InvoiceLine> lines, std::shared_ptr<const Site> site,
               std::shared_ptr<RateShelf> shelf, rating::Tongue tongue,
               std::size_t most_versions = 16);

    // Some milliseconds of it, or the loading of one tariff; true when the report is ready.
    bool go_on(ReadView view);
    boost::json::object report() const;

 private:
    // Where the version that a parcel is priced by comes from.
    enum class From { parcel, label_day, in_force };
    struct Work {
        std::size_t line = 0;
        ParcelId parcel;
        From from = From::parcel;
    };
    struct Version {
        std::string version;
        std::vector<Work> work;
    };

    void begin(ReadView view);
    void find(ReadView view);
    void take(ReadView view, std::size_t line);
    void order_versions();
    void load(ReadView view);
    void price(ReadView view);
    void by_the_one_in_force(std::vector<Work> work);
    std::string note(From from) const;

    std::vector<rating::InvoiceLine> lines_;
    std::shared_ptr<const Site> site_;
    std::shared_ptr<RateShelf> shelf_;
    rating::Tongue tongue_;
    std::size_t most_versions_;

    std::shared_ptr<const rating::RateBook> in_force_;
    std::optional<rating::Rerating> rerating_;
    std::size_t found_ = 0;                                // of lines_
    std::map<std::string, std::vector<Work>> by_version_;  // while they are found
    std::vector<Version> versions_;                        // then; the one in force is the last
    std::size_t at_ = 0, priced_ = 0;                      // of versions_, of its work
    std::shared_ptr<const rating::RateBook> book_;         // of the version at at_
    rating::TariffRows rows_;
    std::map<int, From> from_;  // by line of the file
    std::vector<std::string> unknown_;
};

}  // namespace kemas::app
