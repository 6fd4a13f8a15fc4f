// A courier's invoice held against our own prices: for each difference, which of the courier's
// habits would have made it, and what to write about it. Knows no file and no parcel of the books.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
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
    tariff,     // the prices of the version in force now, not of the parcel's own
    unknown
};
std::string_view to_text(Habit habit);

struct InvoiceLine {
    std::string reference;  // tracking number
    Money amount;           // what they ask
    Milligrams billed{};    // the weight they billed; 0 = not said
    int line = 0;           // of their file
};

struct InvoiceDifference {
    InvoiceLine theirs;
    Money ours;
    Milligrams our_billed{};
    Habit habit = Habit::unknown;
    std::string how;        // "divisor 5000 instead of 6000"; where not priced: why
    std::string version;    // of the tariff that priced it
    bool is_priced = true;  // false: no price of ours exists
};

// What makes one sum of the report: a habit in its words.
struct HabitKey {
    Habit habit = Habit::unknown;
    std::string how;
    bool is_priced = true;
    friend auto operator<=>(const HabitKey&, const HabitKey&) = default;
};

struct HabitSum {
    std::int64_t parcels = 0;
    Money difference;   // theirs less ours
    std::string write;  // a sentence for the courier, or what to do before writing
};

struct InvoiceReport {
    std::int64_t parcels = 0, same = 0;
    Money theirs, ours;
    std::vector<InvoiceDifference> differences;  // by line of their file
    std::map<HabitKey, HabitSum> habits;
};

// Where one difference has several explanations, the one that explains most parcels of the whole
// invoice is named: a courier has habits, not accidents.
class Rerating {
 public:
    // The invoice's currency; words are in `tongue`.
    explicit Rerating(Currency currency, Tongue tongue = Tongue::english)
        : currency_(std::move(currency)), tongue_(tongue) {}

    // The parcels added after this are priced by this version of the tariff. Other places' prices
    // are looked for among `tariff`'s rates, at most 2,000 different ones; `in_force` is the
    // version of now. All three outlive what is added.
    void use(const RateBook& book, const TariffRows& tariff, const RateBook& in_force);

    // `request` names courier and service, and all of the parcel as we knew it.
    void add(const InvoiceLine& line, Request request);
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
    void not_priced(const InvoiceLine& line, std::string why);
    const std::vector<PlaceCells>& samples(const ServiceRow& service);

    Currency currency_;
    Tongue tongue_;
    const RateBook* book_ = nullptr;
    const TariffRows* tariff_ = nullptr;
    const RateBook* in_force_ = nullptr;
    std::map<std::string, std::vector<PlaceCells>> samples_;  // by courier, service
    std::vector<Line> lines_;
    std::int64_t same_ = 0;
    Money theirs_, ours_;
};

// What to write to the courier about the parcels of one habit, with the sum that is too much; where
// they ask less, or where our own tariff has no price, what to do instead.
std::string claim_text(const HabitKey& habit, const HabitSum& sum, const Currency& currency,
                       Tongue tongue);

}  // namespace kemas::rating
