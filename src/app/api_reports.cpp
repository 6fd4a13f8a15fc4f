// POST /api/v1/reports/invoice: a courier's invoice against our prices; and the other reports
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "app/api.hpp"
#include "app/api_declared.hpp"
#include "app/order_json.hpp"
#include "app/rate_shelf.hpp"
#include "intake/invoice_csv.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

constexpr std::size_t most_bytes = 16 * 1024 * 1024;

web::Response bad_rows(const intake::RowFaults& faults) {
    constexpr std::size_t most_shown = 1000;
    json::array errors;
    for (const auto& fault : faults)
        if (errors.size() < most_shown)
            errors.push_back(json::object{
                {"line", fault.line}, {"column", fault.column}, {"reason", fault.reason}});
    return web::problem(
        422, "Not read",
        "Faults in the file: " + std::to_string(faults.size()) + ". Mend them and send it again.",
        {{"errors", json::serialize(errors)}});
}

std::optional<Parcel> parcel_of(const ledger::SqlBooks& books, const std::string& number) {
    for (const auto& meaning : books.meanings(number))
        if (meaning.kind == CodeKind::parcel) return books.parcel({std::stoll(meaning.ref)});
    return std::nullopt;
}

// The parcel as it was priced when its label was made.
rating::Request request_of(const ledger::SqlBooks& books, const Parcel& parcel,
                           const Policy& policy) {
    rating::Request request;
    request.courier = parcel.courier;
    request.service = parcel.service;
    request.gross = parcel.gross;
    if (const auto carton = books.carton(parcel.carton)) request.outer = carton->outer;
    if (const auto order = books.order(parcel.order)) {
        request.area_code = order->area_code;
        request.channel = order->key.channel;
        if (const auto person = books.person(order->person))
            request.postal_code = person->postal_code;
    }
    OrderId last;
    for (const auto& item : books.items(parcel.id)) {
        if (item.quantity <= 0 || item.order == last) continue;
        last = item.order;
        if (const auto order = books.order(item.order)) {
            request.cod += order->cod.value_or(Money{});
            request.value += order->value;
        }
    }
    request.settlement_days = policy.settlement_days;
    request.day = rating::day_at(parcel.labelled_at, policy.utc_offset_minutes);
    request.minute = rating::minute_at(parcel.labelled_at, policy.utc_offset_minutes);
    return request;
}

json::object report_json(const rating::InvoiceReport& report, const rating::RateBook& book) {
    json::array habits, differences;
    for (const auto& [habit, sum] : report.habits)
        habits.push_back(json::object{{"habit", rating::to_text(habit.first)},
                                      {"how", habit.second},
                                      {"parcels", sum.parcels},
                                      {"difference", sum.difference.value}});
    for (const auto& one : report.differences)
        differences.push_back(json::object{{"tracking_number", one.theirs.reference},
                                           {"theirs", one.theirs.amount.value},
                                           {"ours", one.ours.value},
                                           {"their_billed_g", grams_text(one.theirs.billed)},
                                           {"our_billed_g", grams_text(one.our_billed)},
                                           {"habit", rating::to_text(one.habit)},
                                           {"how", one.how}});
    return {{"tariff", book.version()},
            {"currency", book.currency().code},
            {"exponent", book.currency().exponent},
            {"parcels", report.parcels},
            {"same", report.same},
            {"theirs", report.theirs.value},
            {"ours", report.ours.value},
            {"habits", std::move(habits)},
            {"differences", std::move(differences)}};
}

web::Response invoice_report(const ledger::SqlBooks& books, const Site& site,
                             const rating::RateBook& book, const std::string& csv) {
    auto in = intake::invoice_from_csv(csv);
    if (!in.errors.empty()) return bad_rows(in.errors);
    const auto tariff = books.tariff();
    rating::Rerating rerating(book, tariff);
    json::array unknown;
    for (const auto& line : in.rows) {
        const auto parcel = parcel_of(books, line.reference);
        if (parcel && parcel->arranged == Arranger::us && parcel->labelled_at.value)
            rerating.add(line, request_of(books, *parcel, site.policy));
        else
            unknown.push_back(json::value(line.reference));
    }
    auto told = report_json(rerating.report(), book);
    told["unknown"] = std::move(unknown);
    web::Response response;
    response.body = json::serialize(told);
    return response;
}

}  // namespace

void add_report_routes(web::Server& server, Api& api) {
    add_declared_route(server, api);
    server.post(
        "/api/v1/reports/invoice", most_bytes, "text/csv",
        [&api, shelf = api.rates](const web::Request& request, const web::Responder& respond) {
            ask(api, respond, [shelf, site = api.site, csv = request.body](ReadView view) {
                return invoice_report(view.books, *site, *shelf->now(view.books), csv);
            });
        });
}

}  // namespace kemas::app
