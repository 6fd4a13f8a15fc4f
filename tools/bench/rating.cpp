// Price figures: one quote, half a million rates from CSV, the best pair of 12 packings and 50
// services. No daemon and no peer: there is no open rate engine of this kind to measure beside.
#include <malloc.h>

#include <chrono>
#include <fstream>
#include <stdexcept>

#include "benches.hpp"
#include "core/rating/choose.hpp"
#include "intake/tariff_csv.hpp"

namespace kemas::bench {
namespace {

using Clock = std::chrono::steady_clock;
using namespace kemas::rating;

constexpr int kServices = 50, kAreas = 10'000;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

double resident_mb() {
    std::ifstream statm("/proc/self/statm");
    double total = 0, resident = 0;
    statm >> total >> resident;
    return resident * 4096 / 1e6;
}

std::string area(int number) {
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(11 + number / 2500) + "." + two(1 + number / 50 % 50) + "." + two(1 + number % 50);
}

// Fifty services of five couriers to ten thousand districts, with the surcharges a site has.
std::string tariff_csv() {
    std::string csv =
        "record,courier,service,divisor_cm3_per_kg,rounding,tolerance_g,cod,transit_days,area,"
        "first_price,step_price,name,kind,when,basis_points,amount,minimum\n";
    for (int s = 0; s < kServices; ++s) {
        csv += "service,C" + std::to_string(s / 10) + ",S" + std::to_string(s) +
               ",6000,tolerance,300,yes,3,,,,,,,,,\n";
    }
    for (int c = 0; c < kServices / 10; ++c) {
        const auto courier = "surcharge,C" + std::to_string(c) + ",,,,,,,,,,";
        csv += courier + "fuel,percent_of_freight,always,1050,,\n";
        csv += courier + "insurance,percent_of_value,insured,20,,1000\n";
        csv += courier + "COD fee,percent_of_cod,cod,400,,3500\n";
    }
    for (int s = 0; s < kServices; ++s) {
        for (int a = 0; a < kAreas; ++a) {
            csv += "rate,C" + std::to_string(s / 10) + ",S" + std::to_string(s) + ",,,,,," +
                   area(a) + "," + std::to_string(9000 + (a * 7 + s * 131) % 9000) + "," +
                   std::to_string(8000 + (a * 11 + s * 17) % 9000) + ",,,,,,\n";
        }
    }
    return csv;
}

Request request_of(int number) {
    Request request;
    request.courier = "C" + std::to_string(number % kServices / 10);
    request.service = "S" + std::to_string(number % kServices);
    request.area_code = area(number * 7919 % kAreas) + ".2001";
    request.gross = grams(200 + number * 37 % 9000);
    request.outer = {{300}, {200 + number % 100}, {100 + number % 150}};
    request.value = {150'000};
    request.insured = number % 2 == 0;
    if (number % 3 == 0) request.cod = {120'000};
    return request;
}

}  // namespace

Figures rating(const Setting& setting) {
    const auto csv = tariff_csv();
    const auto begin = Clock::now();
    std::vector<double> load_s, load_mb, quote_us, choose_ms;
    std::int64_t sum = 0;
    for (std::size_t round = 0; round < 2 * enough_rounds; ++round) {
        if (round >= enough_rounds && seconds_since(begin) > setting.limit_s) break;
        malloc_trim(0);
        const auto before = resident_mb();
        const auto load = Clock::now();
        const auto import = intake::tariff_from_csv(csv);
        load_s.push_back(seconds_since(load));
        load_mb.push_back(resident_mb() - before);
        if (!import.errors.empty()) throw std::runtime_error(to_text(import.errors[0]));
        const auto& book = import.book;

        for (int i = 0; i < 20'000; ++i) {
            const auto request = request_of(i + static_cast<int>(round) * 20'000);
            const auto one = Clock::now();
            const auto family = book.family(request.courier, request.service);
            const auto places = places_of(book, request);
            Piece only;
            const auto found = price(book, lane_to(book, *family, places, request.day),
                                     shipment_of(request, only));
            quote_us.push_back(seconds_since(one) * 1e6);
            sum += found.total.value;
        }
        std::vector<Packing> packings(12);
        for (std::size_t p = 0; p < packings.size(); ++p) {
            for (std::size_t k = 0; k <= p % 3; ++k) {
                packings[p].pieces.push_back(
                    {grams(700 + static_cast<std::int64_t>(p) * 150), {{300}, {250}, {150}}});
            }
        }
        for (int i = 0; i < 200; ++i) {
            auto request = request_of(i);
            request.courier = request.service = "";
            const auto one = Clock::now();
            const auto choice = choose_packing(book, request, packings, {}, {});
            choose_ms.push_back(seconds_since(one) * 1e3);
            if (!choice) throw std::runtime_error(choice.error().what);
            sum += choice->best.total.value;
        }
    }
    if (sum == 0) throw std::runtime_error("nothing was priced");
    return {{"quote_p50_us", median(quote_us), 2},
            {"quote_p99_us", percentile(quote_us, 0.99), 2},
            {"load_500k_s", median(load_s), 3},
            {"load_500k_mb", percentile(load_mb, 1), 1},
            {"choose_12x50_ms", median(choose_ms), 3}};
}

}  // namespace kemas::bench
