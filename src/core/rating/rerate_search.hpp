// Which single change of a tariff's rules, of a parcel or of its place would give a courier's sum.
// Knows one line of the invoice, and one version of the tariff.
#pragma once

#include "core/rating/rerate.hpp"

namespace kemas::rating {

// Tries one change at a time and keeps those that give their sum.
class Rerating::Search {
 public:
    Search(const RateBook& book, const RateBook& in_force, const InvoiceLine& line,
           const Request& request, const Quote& ours);

    // `places`: one for each different price of the service.
    std::vector<Cause> causes(const std::vector<PlaceCells>& places);

 private:
    std::string in(const char* english, const char* indonesian) const {
        return say(request_.tongue, english, indonesian);
    }
    std::string instead(const std::string& theirs, const std::string& ours) const;
    bool is_theirs(const Price& price) const;
    bool gives_theirs(const ServiceRow& rules) const;
    bool gives_theirs(const ServiceRow& rules, const Request& request) const;
    void found(Habit habit, std::string how) { found_.push_back({habit, std::move(how)}); }

    void prices_of_now();
    void divisors();
    void roundings();
    void tolerances();
    void minimums();
    void their_weight();
    void surcharges();
    void zones(const std::vector<PlaceCells>& places);

    const RateBook &book_, &in_force_;
    const InvoiceLine& line_;
    const Request& request_;
    const Quote& ours_;
    const ServiceRow service_;
    const ServiceIndex family_;
    const Places places_;
    const Lane lane_;  // points into places_
    std::vector<Cause> found_;
};

}  // namespace kemas::rating
