// GET /api/v1/reports/assortment: which packaging a period used, and which sizes would have saved
#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "app/api.hpp"
#include "app/assortment_run.hpp"
#include "app/order_json.hpp"
#include "app/wall_clock.hpp"
#include "core/rating/day.hpp"

namespace kemas::app {
namespace json = boost::json;
namespace {

constexpr std::int64_t day_ms = 86'400'000, usual_days = 30, most_days = 366;
constexpr std::size_t most_sizes = 10;

std::optional<std::int64_t> side_in(std::string_view text) {
    std::int64_t side = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), side);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole && side > 0 && side <= 5'000 ? std::optional(side) : std::nullopt;
}

// "300x200x150,400x300x200": inner sides in millimetres.
std::optional<std::vector<Size>> sizes_in(std::string_view text) {
    std::vector<Size> sizes;
    while (!text.empty()) {
        auto one = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), one.size() + 1));
        std::vector<std::int64_t> sides;
        for (int i = 0; i < 3; ++i) {
            const auto part = i < 2 ? one.substr(0, one.find('x')) : one;
            const auto side = side_in(part);
            if (!side) return std::nullopt;
            sides.push_back(*side);
            one.remove_prefix(std::min(one.size(), part.size() + 1));
        }
        std::sort(sides.begin(), sides.begin() + 2, std::greater{});
        sizes.push_back({{sides[0]}, {sides[1]}, {sides[2]}});
        if (sizes.size() > most_sizes) return std::nullopt;
    }
    return sizes;
}

struct Asked {
    rating::Day from, to;  // both in it
    PeriodAsk period;
    std::string fault;  // empty = well
};

Asked asked_in(const web::Request& request, int utc_offset_minutes) {
    Asked asked;
    asked.to = rating::day_at(wall_clock(), utc_offset_minutes);
    const auto day = [&](const char* name, rating::Day& into) {
        const auto text = request.query_value(name);
        if (!text) return;
        const auto parsed = rating::parse_day(*text);
        if (!parsed) asked.fault = std::string(name) + " must be a day such as 2026-11-01.";
        if (parsed) into = *parsed;
    };
    day("to", asked.to);
    asked.from = {asked.to.value - usual_days + 1};
    day("from", asked.from);
    const auto days = asked.to.value - asked.from.value + 1;
    if (asked.fault.empty() && (days < 1 || days > most_days))
        asked.fault = "The period must have 1 to 366 days: from is its first, to its last.";
    auto sizes = sizes_in(request.query_value("carton").value_or(""));
    if (!sizes)
        asked.fault =
            "carton must be inner sides in millimetres, such as 300x200x150; at most ten sizes, "
            "with commas between.";
    else
        asked.period.wanted = std::move(*sizes);
    const auto offset_ms = std::int64_t{utc_offset_minutes} * 60'000;
    asked.period.from = {asked.from.value * day_ms - offset_ms};
    asked.period.to = {(asked.to.value + 1) * day_ms - offset_ms};
    return asked;
}

json::array sides_json(const Size& size) {
    return {size.length.value, size.width.value, size.height.value};
}

json::value share_json(std::int64_t inner_mm3, std::int64_t goods_mm3) {
    cartonize::Usage usage;
    usage.inner_mm3 = inner_mm3;
    usage.goods_mm3 = goods_mm3;
    return inner_mm3 ? json::value(usage.empty_permille()) : json::value();
}

json::object sum_json(const cartonize::Usage& usage) {
    return {{"cartons", usage.cartons},
            {"outer_cm3", usage.outer_mm3 / 1000},
            {"empty_permille", share_json(usage.inner_mm3, usage.goods_mm3)},
            {"cost", usage.cost.value}};
}

json::array cartons_json(const PeriodReport& report, const Site& site) {
    json::array cartons;
    const auto add = [&](const std::string& code, const PackagingUse& use) {
        const auto known = site.cartons.find(code);
        const auto at = std::find(report.codes.begin(), report.codes.end(), code);
        json::object carton{
            {"carton", code},
            {"name", known == site.cartons.end() ? code : known->second.name},
            {"outer_mm",
             known == site.cartons.end() ? json::value() : sides_json(known->second.outer)},
            {"parcels", use.parcels},
            {"parcels_empty_permille", share_json(use.inner_mm3, use.goods_mm3)},
            {"planned", nullptr}};
        if (at != report.codes.end())
            carton["planned"] = sum_json(
                report.planned.by_carton[static_cast<std::size_t>(at - report.codes.begin())]);
        cartons.push_back(std::move(carton));
    };
    for (const auto& [code, carton] : site.cartons) {
        const auto used = report.used.find(code);
        add(code, used == report.used.end() ? PackagingUse{} : used->second);
    }
    for (const auto& [code, use] : report.used)
        if (!site.cartons.contains(code)) add(code, use);
    return cartons;
}

json::array savings_json(const PeriodReport& report, const std::vector<Size>& wanted) {
    json::array savings;
    const auto add = [&](const cartonize::Saving& saving) {
        savings.push_back(json::object{{"name", saving.carton.name},
                                       {"inner_mm", sides_json(saving.carton.inner)},
                                       {"orders", saving.orders},
                                       {"outer_cm3", saving.outer_mm3 / 1000},
                                       {"cartons", saving.cartons},
                                       {"cost", saving.cost.value}});
    };
    for (const auto& saving : report.planned.savings) add(saving);
    for (const auto& size : wanted) {
        const auto is_it = [&](const auto& saving) { return saving.carton.inner == size; };
        if (std::any_of(report.planned.savings.begin(), report.planned.savings.end(), is_it))
            continue;
        cartonize::Saving none;
        none.carton = cartonize::new_box(size, report.cartons, 0);
        add(none);
    }
    return savings;
}

json::object report_json(const PeriodReport& report, const Asked& asked, const Site& site) {
    return {{"from", rating::to_text(asked.from)},
            {"to", rating::to_text(asked.to)},
            {"cut", report.cut},
            {"until", report.until.value ? json::value(iso_text(report.until)) : json::value()},
            {"parcels", report.parcels},
            {"orders", report.orders},
            {"orders_without_size", report.unsized},
            {"goods_without_size", report.unsized_goods},
            {"orders_that_fit_nowhere", report.planned.refused},
            {"cartons", cartons_json(report, site)},
            {"planned", sum_json(report.planned.all)},
            {"savings", savings_json(report, asked.period.wanted)}};
}

}  // namespace

void add_assortment_route(web::Server& server, Api& api) {
    // One at a time: each takes the read thread for seconds in all.
    const auto is_busy = std::make_shared<bool>(false);  // until its answer goes
    server.get("/api/v1/reports/assortment", [&api, is_busy](const web::Request& request,
                                                             const web::Responder& respond) {
        const auto asked = asked_in(request, api.site->policy.utc_offset_minutes);
        if (!asked.fault.empty()) return respond(web::problem(422, "Not a period", asked.fault));
        if (*is_busy)
            return respond(web::problem(
                503, "Busy", "Another such report is being made: ask again in half a minute."));
        const auto run = std::make_shared<AssortmentRun>(
            api.reader, api.site, asked.period,
            [&api, respond, asked, is_busy, site = api.site, shelf = api.rates](
                ReadView view, const PeriodReport& report) {
                auto told = report_json(report, asked, *site);
                const auto currency = shelf->now(view.books)->currency();
                told["currency"] = currency.code;
                told["exponent"] = currency.exponent;
                web::Response response;
                response.body = json::serialize(told);
                boost::asio::post(api.loop,
                                  [respond, is_busy, response = std::move(response)]() mutable {
                                      *is_busy = false;
                                      respond(std::move(response));
                                  });
            });
        *is_busy = run->go_on();
        if (!*is_busy)
            respond(web::problem(503, "Busy", "Too many questions wait: try again in a second."));
    });
}

}  // namespace kemas::app
