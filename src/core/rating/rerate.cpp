#include "core/rating/rerate.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "core/assert.hpp"
#include "core/rating/rerate_search.hpp"

namespace kemas::rating {
namespace {

constexpr std::size_t kMostSamples = 2000;

// Of a range or prefix no code is known that lies in it alone.
std::string only_code(const std::string& postal) {
    return postal.find_first_of("*-") == postal.npos ? postal : std::string();
}

// A place that the rate is for; nothing where a zone is empty.
PlaceCells place_of(const TariffRows& tariff, const RateRow& rate) {
    if (rate.zone.empty()) return {rate.area_prefix, rate.country, only_code(rate.postal), ""};
    const auto zone =
        std::find_if(tariff.zones.begin(), tariff.zones.end(), [&](const ZoneRow& row) {
            return row.zone == rate.zone && row.courier == rate.courier &&
                   (row.service == "*" || row.service == rate.service);
        });
    if (zone == tariff.zones.end()) return {};
    return {zone->area_prefix, zone->country, only_code(zone->postal), ""};
}

}  // namespace

std::string_view to_text(Habit habit) {
    switch (habit) {
        case Habit::none:
            return "none";
        case Habit::divisor:
            return "divisor";
        case Habit::rounding:
            return "rounding";
        case Habit::tolerance:
            return "tolerance";
        case Habit::minimum:
            return "minimum";
        case Habit::weight:
            return "weight";
        case Habit::zone:
            return "zone";
        case Habit::surcharge:
            return "surcharge";
        case Habit::tariff:
            return "tariff";
        case Habit::unknown:
            break;
    }
    return "unknown";
}

void Rerating::use(const RateBook& book, const TariffRows& tariff, const RateBook& in_force) {
    book_ = &book;
    tariff_ = &tariff;
    in_force_ = &in_force;
    samples_.clear();
}

// One place for each different price of the service: hundreds, where the tariff has a row for each
// of thousands of districts.
const std::vector<PlaceCells>& Rerating::samples(const ServiceRow& service) {
    auto [it, is_new] = samples_.try_emplace(service.courier + "\n" + service.code);
    if (!is_new) return it->second;
    std::set<std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::string>> seen;
    for (const auto& rate : tariff_->rates) {
        if (it->second.size() >= kMostSamples) break;
        if (rate.courier != service.courier || rate.service != service.code) continue;
        if (!seen.emplace(rate.first_g, rate.first_price.value, rate.per_step.value, rate.up_to_g,
                          rate.zone)
                 .second)
            continue;
        auto place = place_of(*tariff_, rate);
        if (!(place.area + place.country + place.postal).empty())
            it->second.push_back(std::move(place));
    }
    return it->second;
}

void Rerating::not_priced(const InvoiceLine& line, std::string why) {
    InvoiceDifference told{line, {}, {}, Habit::unknown, std::move(why), book_->version(), false};
    lines_.push_back({std::move(told), {}});
}

void Rerating::add(const InvoiceLine& line, Request request) {
    KEMAS_ASSERT(book_ != nullptr);
    request.tongue = tongue_;
    theirs_ += line.amount;
    if (book_->currency() != currency_ && !book_->currency().code.empty())
        return not_priced(
            line, say(tongue_, "its tariff is in ", "tarifnya dalam ") + book_->currency().code +
                      say(tongue_, ", the one in force in ", ", yang berlaku ") + currency_.code);
    const auto ours = quote(*book_, request);
    if (!ours) return not_priced(line, ours.error().what);
    ours_ += ours->total;
    if (ours->total == line.amount) {
        ++same_;
        return;
    }
    InvoiceDifference told{line,           ours->total, ours->weight.weight,
                           Habit::unknown, "",          book_->version()};
    auto causes = Search(*book_, *in_force_, line, request, *ours).causes(samples(ours->service));
    lines_.push_back({std::move(told), std::move(causes)});
}

InvoiceReport Rerating::report() const {
    InvoiceReport report;
    report.parcels = same_ + static_cast<std::int64_t>(lines_.size());
    report.same = same_;
    report.theirs = theirs_;
    report.ours = ours_;
    std::map<std::pair<Habit, std::string>, std::int64_t> votes;
    for (const auto& line : lines_)
        for (const auto& cause : line.causes) ++votes[{cause.habit, cause.how}];
    for (const auto& line : lines_) {
        auto told = line.told;
        std::int64_t most = 0;
        for (const auto& cause : line.causes) {
            const auto count = votes[{cause.habit, cause.how}];
            if (count <= most) continue;
            most = count;
            told.habit = cause.habit;
            told.how = cause.how;
        }
        auto& sum = report.habits[{told.habit, told.how, told.is_priced}];
        ++sum.parcels;
        sum.difference += told.theirs.amount - told.ours;
        report.differences.push_back(std::move(told));
    }
    std::stable_sort(report.differences.begin(), report.differences.end(),
                     [](const auto& a, const auto& b) { return a.theirs.line < b.theirs.line; });
    for (auto& [habit, sum] : report.habits) sum.write = claim_text(habit, sum, currency_, tongue_);
    return report;
}

}  // namespace kemas::rating
