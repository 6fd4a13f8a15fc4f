// GET /api/v1/tariff.csv; POST /api/v1/quotes: what each service would ask, which one the site's
// rules choose, and why the others lose
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "app/api.hpp"
#include "app/quote_ask.hpp"
#include "app/quote_json.hpp"
#include "app/rate_shelf.hpp"
#include "app/wall_clock.hpp"
#include "core/rules/rate_request.hpp"
#include "intake/tariff_csv.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

constexpr std::size_t most_bytes = 256 * 1024;

web::Response bad(const intake::FieldFaults& faults) {
    json::array errors;
    for (const auto& fault : faults)
        errors.push_back(json::object{{"path", fault.path}, {"reason", fault.reason}});
    return web::problem(422, "The question cannot be read", intake::to_text(faults),
                        {{"errors", json::serialize(errors)}});
}

// One question on the read thread.
class Asking {
 public:
    Asking(const ledger::SqlBooks& books, const Site& site, QuoteAsk ask)
        : books_(books), site_(site), ask_(std::move(ask)) {}

    web::Response answer(const rating::RateBook& book, Instant now, rating::Tongue tongue) {
        if (book.services().empty())
            return web::problem(409, "No tariff",
                                "No tariff is in force: import one with kemasctl import tariff.");
        if (auto problem = take_order(book, now)) return std::move(*problem);
        request_.tongue = ask_.tongue.value_or(tongue);
        if (auto problem = take_pieces()) return std::move(*problem);
        take_rest(now);
        const auto compared = rating::compare(book, request_, site_.policy.choice,
                                              reliability_now(books_, site_.policy, now));
        if (compared.services.empty())
            return web::problem(404, "Unknown service",
                                "The tariff has no service " + ask_.courier + " " + ask_.service +
                                    ": leave courier or service out to see all.");
        web::Response response;
        response.body = json::serialize(comparison_json(compared, book, request_));
        return response;
    }

 private:
    std::optional<web::Response> take_order(const rating::RateBook& book, Instant now) {
        request_.channel = ask_.channel;
        if (ask_.order.empty()) return std::nullopt;
        web::Request named;  // as GET /orders/{id}?channel=&shop= names it
        if (!ask_.channel.empty()) named.query.emplace_back("channel", ask_.channel);
        if (!ask_.shop.empty()) named.query.emplace_back("shop", ask_.shop);
        auto found = find_order(books_, ask_.order, named);
        if (!found.order) return std::move(found.problem);
        order_ = std::move(found.order);
        const std::span<const Order> orders(&*order_, 1);
        request_ =
            rate_request(books_, site_.policy, book, orders, wanted_items(books_, orders), now);
        if (request_.cod > Money{})
            request_.cod_same_day = cod_of_today(books_, site_.policy, book, *order_, now);
        return std::nullopt;
    }

    std::optional<web::Response> take_pieces() {
        for (const auto& piece : ask_.pieces) {
            auto outer = piece.outer;
            if (!piece.carton.empty()) {
                const auto it = site_.cartons.find(piece.carton);
                if (it == site_.cartons.end())
                    return web::problem(422, "Unknown carton",
                                        "The site has no carton " + piece.carton +
                                            ": name one of cartons.csv, or give the sides.");
                outer = it->second.outer;
            }
            request_.pieces.push_back({piece.weight, outer});
        }
        if (!request_.pieces.empty()) return std::nullopt;
        for (const auto& parcel : books_.parcels_of(order_->id)) {
            if (!parcel.weighed_at.value || parcel.voided_at.value) continue;
            const auto carton = books_.carton(parcel.carton);
            request_.pieces.push_back({parcel.gross, carton ? carton->outer : Size{}});
        }
        if (!request_.pieces.empty()) return std::nullopt;
        return web::problem(409, "Nothing weighed",
                            "No parcel of order " + ask_.order +
                                " was weighed yet: say in pieces what each would weigh.");
    }

    void take_rest(Instant now) {
        const auto& policy = site_.policy;
        if (!ask_.area_code.empty()) request_.area_code = ask_.area_code;
        if (!ask_.postal_code.empty()) request_.postal_code = ask_.postal_code;
        request_.country = ask_.country;
        request_.courier = ask_.courier;
        request_.service = ask_.service;
        request_.cod = ask_.cod.value_or(request_.cod);
        request_.value = ask_.value.value_or(request_.value);
        request_.cod_same_day = ask_.cod_same_day.value_or(request_.cod_same_day);
        request_.insured = ask_.insured.value_or(is_insured(policy, request_.value));
        request_.wooden = ask_.wooden.value_or(request_.wooden);
        request_.dangerous = ask_.dangerous.value_or(request_.dangerous);
        request_.settlement_days = ask_.settlement_days.value_or(policy.settlement_days);
        request_.day = ask_.day.value_or(rating::day_at(now, policy.utc_offset_minutes));
        // Another day begins in the morning.
        request_.minute =
            ask_.minute.value_or(ask_.day ? 0 : rating::minute_at(now, policy.utc_offset_minutes));
        request_.promise_by = ask_.promise_by.value_or(rating::kForever);
    }

    const ledger::SqlBooks& books_;
    const Site& site_;
    QuoteAsk ask_;
    rating::Request request_;
    std::optional<Order> order_;
};

}  // namespace

void add_quote_routes(web::Server& server, Api& api) {
    server.get("/api/v1/tariff.csv", [&api](const web::Request&, const web::Responder& respond) {
        ask(api, respond, [](ReadView view) {
            if (view.books.tariff_head().version.empty())
                return web::problem(
                    404, "No tariff",
                    "No tariff is in force: import one with kemasctl import tariff.");
            web::Response response;
            response.content_type = "text/csv";
            response.body = intake::tariff_to_csv(view.books.tariff());
            return response;
        });
    });
    server.post(
        "/api/v1/quotes", most_bytes, "application/json",
        [&api, shelf = api.rates](const web::Request& request, const web::Responder& respond) {
            auto read = quote_ask_from_json(request.body);
            if (!read) return respond(bad(read.error()));
            const auto tongue = api.settings.language == "id" ? rating::Tongue::indonesian
                                                              : rating::Tongue::english;
            ask(api, respond,
                [shelf, site = api.site, tongue, read = std::move(*read)](ReadView view) {
                    Asking asking(view.books, *site, read);
                    return asking.answer(*shelf->now(view.books), wall_clock(), tongue);
                });
        });
}

}  // namespace kemas::app
