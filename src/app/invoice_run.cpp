#include "app/invoice_run.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "app/order_json.hpp"
#include "core/rules/rate_request.hpp"
#include "ledger/tariff_history.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

// A line found costs some look-ups, a line priced up to two thousand prices of other places.
constexpr std::size_t lines_found_at_once = 500, lines_priced_at_once = 50;

std::optional<Parcel> parcel_of(const ledger::SqlBooks& books, const std::string& number) {
    for (const auto& meaning : books.meanings(number))
        if (meaning.kind == CodeKind::parcel) return books.parcel({std::stoll(meaning.ref)});
    return std::nullopt;
}

// As it was priced when its label was made. The limit of a customer's cash on one day is not asked
// again: the parcel was taken.
rating::Request request_of(const ledger::SqlBooks& books, const Policy& policy,
                           const rating::RateBook& book, const Parcel& parcel) {
    auto request =
        rate_request(books, policy, book, parcel, books.items(parcel.id), parcel.labelled_at);
    request.courier = parcel.courier;
    request.service = parcel.service;
    return request;
}

}  // namespace

InvoiceRun::InvoiceRun(std::vector<rating::InvoiceLine> lines, std::shared_ptr<const Site> site,
                       std::shared_ptr<RateShelf> shelf, rating::Tongue tongue,
                       std::size_t most_versions)
    : lines_(std::move(lines)),
      site_(std::move(site)),
      shelf_(std::move(shelf)),
      tongue_(tongue),
      most_versions_(most_versions) {}

bool InvoiceRun::go_on(ReadView view) {
    if (!rerating_) begin(view);
    if (found_ < lines_.size())
        find(view);
    else if (versions_.empty())
        order_versions();
    else if (!book_)
        load(view);
    else
        price(view);
    return !versions_.empty() && at_ == versions_.size();
}

void InvoiceRun::begin(ReadView view) {
    in_force_ = shelf_->now(view.books);
    rerating_.emplace(in_force_->currency(), tongue_);
}

void InvoiceRun::find(ReadView view) {
    const auto end = std::min(lines_.size(), found_ + lines_found_at_once);
    while (found_ < end) take(view, found_++);
}

void InvoiceRun::take(ReadView view, std::size_t line) {
    const auto parcel = parcel_of(view.books, lines_[line].reference);
    if (!parcel || parcel->arranged != Arranger::us || !parcel->labelled_at.value)
        return unknown_.push_back(lines_[line].reference);
    Work work{line, parcel->id, From::parcel};
    auto version = parcel->tariff;
    if (version.empty()) {
        work.from = From::label_day;
        version = ledger::tariff_version_at(view.db, parcel->labelled_at);
    }
    if (version.empty()) {
        work.from = From::in_force;
        version = in_force_->version();
    }
    by_version_[version].push_back(work);
}

// Most parcels first.
void InvoiceRun::order_versions() {
    Version last{in_force_->version(), std::move(by_version_[in_force_->version()])};
    by_version_.erase(last.version);
    for (auto& [version, work] : by_version_) versions_.push_back({version, std::move(work)});
    by_version_.clear();
    std::ranges::stable_sort(versions_, std::ranges::greater{},
                             [](const Version& v) { return v.work.size(); });
    versions_.push_back(std::move(last));
    while (versions_.size() > most_versions_) {
        const auto least = versions_.end() - 2;
        auto work = std::move(least->work);
        versions_.erase(least);
        by_the_one_in_force(std::move(work));
    }
}

void InvoiceRun::by_the_one_in_force(std::vector<Work> work) {
    for (auto& each : work) {
        each.from = From::in_force;
        versions_.back().work.push_back(each);
    }
}

void InvoiceRun::load(ReadView view) {
    auto& version = versions_[at_];
    priced_ = 0;
    if (version.work.empty()) {
        ++at_;
        return;
    }
    if (at_ + 1 == versions_.size()) {
        book_ = in_force_;
        rows_ = view.books.tariff();
    } else {
        auto rows = ledger::tariff_of_version(view.db, version.version);
        auto made = rows ? rating::make_rate_book(*rows)
                         : tl::expected<rating::RateBook, std::vector<rating::RowFault>>(
                               tl::unexpect, std::vector<rating::RowFault>());
        if (!made) {
            by_the_one_in_force(std::move(version.work));
            ++at_;
            return;
        }
        rows_ = std::move(*rows);
        book_ = std::make_shared<const rating::RateBook>(std::move(*made));
    }
    rerating_->use(*book_, rows_, *in_force_);
}

void InvoiceRun::price(ReadView view) {
    const auto& work = versions_[at_].work;
    const auto end = std::min(work.size(), priced_ + lines_priced_at_once);
    for (; priced_ < end; ++priced_) {
        const auto& each = work[priced_];
        const auto& line = lines_[each.line];
        from_[line.line] = each.from;
        const auto parcel = view.books.parcel(each.parcel);
        if (!parcel) continue;  // the books forget none
        rerating_->add(line, request_of(view.books, site_->policy, *book_, *parcel));
    }
    if (priced_ < work.size()) return;
    book_.reset();
    ++at_;
}

std::string InvoiceRun::note(From from) const {
    switch (from) {
        case From::parcel:
            break;
        case From::label_day:
            return rating::say(tongue_, "by the tariff that was in force when its label was made",
                               "menurut tarif yang berlaku saat labelnya dibuat");
        case From::in_force:
            return rating::say(tongue_, "by the tariff in force now: its own is not known",
                               "menurut tarif yang berlaku kini: tarifnya sendiri tidak diketahui");
    }
    return {};
}

json::object InvoiceRun::report() const {
    const auto report = rerating_->report();
    json::array habits, differences, tariffs, unknown;
    for (const auto& [habit, sum] : report.habits)
        habits.push_back(json::object{{"habit", rating::to_text(habit.habit)},
                                      {"how", habit.how},
                                      {"parcels", sum.parcels},
                                      {"difference", sum.difference.value},
                                      {"write", sum.write}});
    for (const auto& one : report.differences)
        differences.push_back(json::object{{"tracking_number", one.theirs.reference},
                                           {"theirs", one.theirs.amount.value},
                                           {"ours", one.ours.value},
                                           {"their_billed_g", grams_text(one.theirs.billed)},
                                           {"our_billed_g", grams_text(one.our_billed)},
                                           {"habit", rating::to_text(one.habit)},
                                           {"how", one.how},
                                           {"tariff", one.version},
                                           {"tariff_note", note(from_.at(one.theirs.line))}});
    for (const auto& version : versions_)
        for (const auto from : {From::parcel, From::label_day, From::in_force}) {
            const auto parcels = std::ranges::count(version.work, from, &Work::from);
            if (parcels > 0)
                tariffs.push_back(json::object{
                    {"tariff", version.version}, {"parcels", parcels}, {"note", note(from)}});
        }
    for (const auto& number : unknown_) unknown.push_back(json::value(number));
    return {{"tariff", in_force_->version()},
            {"tariffs", std::move(tariffs)},
            {"currency", in_force_->currency().code},
            {"exponent", in_force_->currency().exponent},
            {"parcels", report.parcels},
            {"same", report.same},
            {"theirs", report.theirs.value},
            {"ours", report.ours.value},
            {"habits", std::move(habits)},
            {"differences", std::move(differences)},
            {"unknown", std::move(unknown)}};
}

}  // namespace kemas::app
