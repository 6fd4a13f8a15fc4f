// A courier's invoice held against our own prices: for each difference, which of the courier's
// habits would have made it. Knows no file and no parcel of the books.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/rating/quote.hpp"

namespace kemas::rating {

// What may differ between their sum and ours (couriers-labels.md, 0 and 1).
enum class Habit {
    none,       // no difference
    divisor,    // another volumetric divisor, or volume counted where ours does not, or not at all
    rounding,   // up, to the nearest, or forgiving, by other steps
    tolerance,  // another tolerance, or its edge counted otherwise
    minimum,    // another least weight
    weight,     // they weighed or measured otherwise: their weight at our rates gives their sum
    zone,       // our weight at the rates of another place gives their sum
    surcharge,  // one of our lines left out, or one added that we did not ask for
    unknown
};
std::string_view to_text(Habit habit);

struct InvoiceLine {
    std::string reference;  // tracking number
    Money amount;           // what they ask
    Milligrams billed{};    // the weight they billed; 0 = not said
};

struct InvoiceDifference {
    InvoiceLine theirs;
    Money ours;
    Milligrams our_billed{};
    Habit habit = Habit::unknown;
    std::string how;  // "divisor 5000 instead of 6000"; of unknown: why no price of ours exists
};

struct HabitSum {
    std::int64_t parcels = 0;
    Money difference;  // theirs less ours
};

struct InvoiceReport {
    std::int64_t parcels = 0, same = 0;
    Money theirs, ours;
    std::vector<InvoiceDifference> differences;  // as they were added
    std::map<std::pair<Habit, std::string>, HabitSum> habits;
};

// Where one difference has several explanations, the one that explains most parcels of the whole
// invoice is named: a courier has habits, not accidents.
class Rerating {
 public:
    // Other places' prices are looked for among `tariff`'s rates, at most 2,000 different ones.
    Rerating(const RateBook& book, const TariffRows& tariff) : book_(book), tariff_(tariff) {}

    // `request` names courier and service, and all of the parcel as we knew it.
    void add(const InvoiceLine& line, const Request& request);
    InvoiceReport report() const;

 private:
    struct Cause {
        Habit habit;
        std::string how;
    };
    struct Line {
        InvoiceDifference told;
        std::vector<Cause> causes;
    };
    class Search;
    const std::vector<PlaceCells>& samples(const ServiceRow& service);

    const RateBook& book_;
    const TariffRows& tariff_;
    std::map<std::string, std::vector<PlaceCells>> samples_;  // by courier, service
    std::vector<Line> lines_;
    std::int64_t same_ = 0;
    Money theirs_, ours_;
};

}  // namespace kemas::rating
