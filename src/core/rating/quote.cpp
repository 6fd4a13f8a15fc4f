#include "core/rating/quote.hpp"

#include <cstdint>
#include <utility>

#include "core/rating/amounts.hpp"

namespace kemas::rating {
namespace {

constexpr Money kMost{100'000'000'000'000};

tl::unexpected<Fault> no(std::string what) {
    return fail(Remedy::call_person, std::move(what));
}

// Empty when the service collects this amount, or there is none to collect.
std::string cod_complaint(const ServiceRow& service, Money cod, const Currency& currency) {
    if (cod == Money{}) return {};
    const auto name = service.courier + " " + service.code;
    if (!service.cod_allowed) return name + " collects no cash; choose a service with COD.";
    if (cod < service.cod_min) {
        return name + " collects from " + amount_text(service.cod_min, currency) + ", not " +
               amount_text(cod, currency) + "; choose another service.";
    }
    if (service.cod_max != Money{} && cod > service.cod_max) {
        return name + " collects up to " + amount_text(service.cod_max, currency) + ", not " +
               amount_text(cod, currency) + "; choose another service.";
    }
    return {};
}

std::vector<QuoteLine> freight(const ServiceRow& service, const Rate& rate, Milligrams weight,
                               const Currency& currency) {
    const auto price = [&](std::uint32_t amount) { return amount_text({amount}, currency); };
    const auto step = grams(service.step_g);
    const auto first = grams(rate.first_g);
    const auto further = weight > first ? (weight - first + step - Milligrams{1}).value / step.value
                                        : std::int64_t{0};
    // One price for all steps reads as one line: "2 x 1 kg x 9000".
    if (first == step && rate.first_price == rate.per_step) {
        return {
            {"freight", Money{rate.per_step} * (further + 1),
             std::to_string(further + 1) + " x " + kilograms(step) + " x " + price(rate.per_step)}};
    }
    std::vector<QuoteLine> lines;
    lines.push_back({"freight",
                     {rate.first_price},
                     "first " + kilograms(first) + " at " + price(rate.first_price)});
    if (further > 0) {
        lines.push_back(
            {"further weight", Money{rate.per_step} * further,
             std::to_string(further) + " x " + kilograms(step) + " x " + price(rate.per_step)});
    }
    return lines;
}

bool applies(const SurchargeRow& row, const Request& request) {
    switch (row.when) {
        case When::always:
            return true;
        case When::cod:
            return request.cod > Money{};
        case When::insured:
            return request.insured;
    }
    return false;
}

std::string percent_text(std::int64_t basis_points) {
    return amount_text({basis_points}, {"", 2}) + " %";
}

QuoteLine percentage(const SurchargeRow& row, Money base, const char* of,
                     const Currency& currency) {
    return {row.name,
            {multiply_divide_up(base.value, row.amount, 10'000)},
            percent_text(row.amount) + " of " + of + " " + amount_text(base, currency)};
}

QuoteLine before_bounds(const SurchargeRow& row, const Request& request, Money freight,
                        Milligrams weight, const Currency& currency) {
    switch (row.kind) {
        case SurchargeKind::flat:
            return {row.name, {row.amount}, "flat"};
        case SurchargeKind::per_kg:
            return {row.name,
                    {multiply_divide_up(weight.value, row.amount, 1'000'000)},
                    kilograms(weight) + " x " + amount_text({row.amount}, currency)};
        case SurchargeKind::percent_of_freight:
            return percentage(row, freight, "freight", currency);
        case SurchargeKind::percent_of_cod:
            return percentage(row, request.cod, "COD", currency);
        case SurchargeKind::percent_of_value:
            return percentage(row, request.value, "value", currency);
    }
    return {};
}

QuoteLine surcharge_line(const SurchargeRow& row, const Request& request, Money freight,
                         Milligrams weight, const Currency& currency) {
    auto line = before_bounds(row, request, freight, weight, currency);
    const auto unit = row.round_up_to.value;
    if (line.amount.value % unit != 0) {
        line.amount = {multiply_divide_up(line.amount.value, 1, unit) * unit};
        line.how += ", rounded up";
    }
    if (line.amount < row.minimum) {
        line.amount = row.minimum;
        line.how += ", at least " + amount_text(row.minimum, currency);
    }
    if (row.limit != Money{} && line.amount > row.limit) {
        line.amount = row.limit;
        line.how += ", at most " + amount_text(row.limit, currency);
    }
    return line;
}

}  // namespace

Result<Quote> quote(const RateBook& book, const Request& request) {
    const auto name = request.courier + " " + request.service;
    const auto* service = book.service(request.courier, request.service);
    if (service == nullptr) {
        return no("The tariff has no service " + name + "; import it or choose another service.");
    }
    for (const auto money : {request.cod, request.value}) {
        if (money >= Money{} && money <= kMost) continue;
        return no(name + ": the amount " + amount_text(money, book.currency()) +
                  " is impossible; correct the order.");
    }
    auto complaint = cod_complaint(*service, request.cod, book.currency());
    if (!complaint.empty()) return no(std::move(complaint));

    const auto* rate = book.rate(*service, request.area_code);
    if (rate == nullptr) {
        return no(name + " has no rate to area " +
                  (request.area_code.empty() ? "(none given)" : request.area_code) +
                  "; add it to the tariff or choose another service.");
    }
    auto weight = chargeable(*service, request.gross, request.outer);
    if (!weight) return tl::unexpected(std::move(weight.error()));

    Quote quote;
    quote.service = *service;
    quote.weight = std::move(*weight);
    quote.area_prefix = rate->area_prefix();
    quote.lines = freight(*service, *rate, quote.weight.weight, book.currency());
    for (const auto& line : quote.lines) quote.total += line.amount;
    const auto freight_total = quote.total;
    for (const auto& [index, row] : book.surcharges(*service)) {
        if (!applies(row, request)) continue;
        quote.lines.push_back(
            surcharge_line(row, request, freight_total, quote.weight.weight, book.currency()));
        quote.total += quote.lines.back().amount;
    }
    quote.currency = book.currency();
    quote.rate_book = book.version();
    quote.inputs = request;
    return quote;
}

std::string to_text(const Quote& quote) {
    auto text = quote.service.courier + " " + quote.service.code + " to " + quote.inputs.area_code +
                " (rate for " + (quote.area_prefix.empty() ? "anywhere" : quote.area_prefix) +
                ", rate book " + quote.rate_book + ")\n" + quote.weight.how;
    for (const auto& line : quote.lines) {
        text += "\n" + line.name + " " + amount_text(line.amount, quote.currency) + ": " + line.how;
    }
    return text + "\ntotal " + quote.currency.code + " " + amount_text(quote.total, quote.currency);
}

}  // namespace kemas::rating
